//! Rust text taken apart just far enough: what is code, what is a comment, what is a string, where a function begins and ends.

use std::ops::Range;

pub struct Literal {
    pub line: usize,
    /// Where its opening quote stands.
    pub at: usize,
    pub text: String,
}

pub struct Function {
    pub name: String,
    pub line: usize,
    pub parameters: usize,
    pub lines: usize,
}

/// One file. Lines count from 1, as in an editor.
pub struct Scanned {
    /// The text with comments blank and the insides of strings crossed out, letter for letter.
    code: Vec<char>,
    pub literals: Vec<Literal>,
    lines: Vec<String>,
    comments: Vec<bool>,
    tests: Vec<bool>,
}

impl Scanned {
    pub fn new(text: &str, all_test: bool) -> Scanned {
        let mut pen = Pen::new(text);
        while pen.at < pen.text.len() {
            pen.step();
        }
        let Pen { code, literals, comments, .. } = pen;
        let lines: Vec<String> = code.iter().collect::<String>().lines().map(str::to_owned).collect();
        let mut scanned = Scanned { tests: vec![all_test; lines.len() + 1], comments, code, literals, lines };
        for range in scanned.test_items() {
            scanned.tests[range].fill(true);
        }
        scanned
    }

    /// Lines with code on them, numbered.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(index, line)| (index + 1, line.as_str()))
    }

    pub fn is_test(&self, line: usize) -> bool {
        self.tests.get(line - 1).copied().unwrap_or_default()
    }

    /// Lines that hold a comment and nothing else.
    pub fn comment_lines(&self) -> usize {
        let blank = |index: &usize| self.lines.get(*index).is_none_or(|line| line.trim().is_empty());
        (0..self.comments.len()).filter(blank).filter(|index| self.comments[*index]).count()
    }

    /// The code before a place, without the blanks at its end: what a string is an argument of.
    pub fn before(&self, at: usize, length: usize) -> String {
        let kept: Vec<char> = self.code[..at].iter().rev().filter(|letter| !letter.is_whitespace()).take(length).copied().collect();
        kept.into_iter().rev().collect()
    }

    pub fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        for at in 0..self.code.len() {
            if self.is_word(at, "fn") {
                found.extend(self.function(at));
            }
        }
        found
    }

    fn function(&self, at: usize) -> Option<Function> {
        let name_at = self.next_ink(at + 2)?;
        let name: String = self.code[name_at..].iter().take_while(|letter| is_ident(**letter)).collect();
        // A function pointer type has no name.
        if name.is_empty() {
            return None;
        }
        let mut open = name_at + name.len();
        if self.code.get(self.next_ink(open)?) == Some(&'<') {
            open = self.closing(self.next_ink(open)?, '<', '>')?;
        }
        let open = open + self.code[open..].iter().position(|letter| *letter == '(')?;
        let close = self.closing(open, '(', ')')?;
        let end = close + self.code[close..].iter().position(|letter| matches!(letter, '{' | ';'))?;
        let last = if self.code[end] == '{' { self.closing(end, '{', '}')? } else { end };
        let (line, last) = (self.line_of(at), self.line_of(last));
        let lines = self.code_lines().filter(|(number, _)| (line..=last).contains(number)).count();
        Some(Function { name, line, parameters: self.parameters(open + 1..close), lines })
    }

    /// Arguments between the parentheses, without `self`.
    fn parameters(&self, range: Range<usize>) -> usize {
        let mut depth = 0_i32;
        let mut arguments = vec![String::new()];
        let mut before = ' ';
        for letter in &self.code[range] {
            match letter {
                '(' | '[' | '{' | '<' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                '>' if before != '-' && before != '=' => depth -= 1,
                ',' if depth == 0 => arguments.push(String::new()),
                _ => {}
            }
            if let Some(last) = arguments.last_mut() {
                last.push(*letter);
            }
            before = *letter;
        }
        let is_self = |argument: &str| argument.split(':').next().is_some_and(|name| name.trim_end().ends_with("self"));
        arguments.iter().map(|argument| argument.trim_matches([',', ' ', '\n'])).filter(|one| !one.is_empty() && !is_self(one)).count()
    }

    /// The lines of every item that only tests compile.
    fn test_items(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for at in 0..self.code.len() {
            if !["#[cfg(test)]", "#[cfg(any(test", "#[test]"].iter().any(|mark| self.starts(at, mark)) {
                continue;
            }
            let Some(brace) = self.code[at..].iter().position(|letter| matches!(letter, '{' | ';')).map(|offset| at + offset) else {
                continue;
            };
            let end = if self.code[brace] == '{' { self.closing(brace, '{', '}').unwrap_or(brace) } else { brace };
            found.push(self.line_of(at) - 1..self.line_of(end));
        }
        found
    }

    fn closing(&self, open: usize, opens: char, closes: char) -> Option<usize> {
        let mut depth = 0;
        for (at, letter) in self.code.iter().enumerate().skip(open) {
            let is_arrow = *letter == '>' && at > 0 && matches!(self.code[at - 1], '-' | '=');
            if *letter == opens {
                depth += 1;
            } else if *letter == closes && !is_arrow {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }

    fn line_of(&self, at: usize) -> usize {
        self.code[..at].iter().filter(|letter| **letter == '\n').count() + 1
    }

    fn next_ink(&self, at: usize) -> Option<usize> {
        (at..self.code.len()).find(|at| !self.code[*at].is_whitespace())
    }

    fn starts(&self, at: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(offset, letter)| self.code.get(at + offset) == Some(&letter))
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        let free = |letter: Option<&char>| letter.is_none_or(|letter| !is_ident(*letter));
        let before = at.checked_sub(1).and_then(|at| self.code.get(at));
        self.starts(at, word) && free(before) && free(self.code.get(at + word.len()))
    }
}

fn is_ident(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Goes through the text once.
struct Pen {
    text: Vec<char>,
    at: usize,
    line: usize,
    code: Vec<char>,
    literals: Vec<Literal>,
    comments: Vec<bool>,
}

impl Pen {
    fn new(text: &str) -> Pen {
        let lines = text.lines().count() + 1;
        Pen { text: text.chars().collect(), at: 0, line: 1, code: Vec::new(), literals: Vec::new(), comments: vec![false; lines] }
    }

    fn peek(&self, ahead: usize) -> char {
        self.text.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn put(&mut self, letter: char) {
        self.code.push(letter);
        self.line += usize::from(letter == '\n');
        self.at += 1;
    }

    /// Passes over `count` letters that are not code.
    fn cover(&mut self, count: usize, with: char) {
        for _ in 0..count {
            match self.text.get(self.at) {
                Some('\n') => self.put('\n'),
                Some(_) => self.put(with),
                None => return,
            }
        }
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                self.comments[self.line - 1] = true;
                let length = self.text[self.at..].iter().take_while(|letter| **letter != '\n').count();
                self.cover(length, ' ');
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('r', '"' | '#') if !self.code.last().is_some_and(|letter| is_ident(*letter) && *letter != 'b') => self.raw_string(),
            ('\'', _) => self.quote(),
            (letter, _) => self.put(letter),
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.text.len() {
            self.comments[self.line - 1] = true;
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.cover(1, ' ');
                    continue;
                }
            }
            self.cover(2, ' ');
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let (line, at) = (self.line, self.at);
        self.put('"');
        while self.at < self.text.len() && self.peek(0) != '"' {
            let width = if self.peek(0) == '\\' { 2 } else { 1 };
            self.cover(width, 'x');
        }
        self.finish(line, at, at + 1..self.at.min(self.text.len()));
        self.cover(1, '"');
    }

    fn raw_string(&mut self) {
        let hashes = self.text[self.at + 1..].iter().take_while(|letter| **letter == '#').count();
        // r#type is a name, not a string.
        if self.peek(1 + hashes) != '"' {
            return self.put('r');
        }
        let (line, at) = (self.line, self.at);
        self.cover(2 + hashes, 'r');
        let ends = |pen: &Pen| pen.peek(0) == '"' && (1..=hashes).all(|ahead| pen.peek(ahead) == '#');
        while self.at < self.text.len() && !ends(self) {
            self.cover(1, 'x');
        }
        self.finish(line, at, at + 2 + hashes..self.at);
        self.cover(1 + hashes, 'r');
    }

    fn finish(&mut self, line: usize, at: usize, inside: Range<usize>) {
        let text = self.text[inside].iter().collect();
        self.literals.push(Literal { line, at, text });
    }

    /// A letter in quotes, or a lifetime.
    fn quote(&mut self) {
        let length = match (self.peek(1), self.peek(2)) {
            ('\\', _) => 2 + self.text[self.at + 3..].iter().take_while(|letter| **letter != '\'').count() + 2,
            (_, '\'') => 3,
            _ => return self.put('\''),
        };
        self.cover(length, 'x');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Scanned {
        Scanned::new(text, false)
    }

    #[test]
    fn a_comment_is_a_line_with_nothing_else_on_it() {
        for (text, comments) in [
            ("// so\nfn a() {}\n", 1),
            ("fn a() {} // so\n", 0),
            ("/* so\n\n   far */\nfn a() {}\n", 3),
            ("/* one /* within */ another */\n", 1),
            ("let a = \"// no\";\n", 0),
            ("let a = '\"'; // \" so\n// so\n", 1),
            ("", 0),
        ] {
            assert_eq!(scanned(text).comment_lines(), comments, "{text:?}");
        }
    }

    #[test]
    fn what_only_tests_compile_is_told_from_the_rest() {
        let text =
            "fn a() {}\n#[cfg(test)]\nimpl A {\n    fn b() {}\n}\nfn c() {}\n#[test]\nfn d() {\n}\n#[cfg(test)]\nuse x;\nfn e() {}\n";
        let scanned = scanned(text);
        let tests: Vec<usize> = (1..=12).filter(|line| scanned.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5, 7, 8, 9, 10, 11]);
        assert!(Scanned::new(text, true).is_test(1), "a file of tests is all test");
    }

    #[test]
    fn strings_keep_their_words_and_lose_them_in_the_code() {
        let scanned = scanned("call(\"SELECT 1\", r#\"raw \"x\"\"#, b\"bytes\", r#type);\n");
        let texts: Vec<&str> = scanned.literals.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["SELECT 1", "raw \"x\"", "bytes"]);
        let code: Vec<&str> = scanned.code_lines().map(|(_, line)| line).collect();
        assert!(!code[0].contains("SELECT") && code[0].contains("r#type"), "{}", code[0]);
        assert_eq!(scanned.before(scanned.literals[0].at, 5), "call(");
    }

    #[test]
    fn functions_are_measured_from_name_to_brace() {
        let text = "pub async fn a<T: Into<String>>(&self, b: T) -> Vec<u8>\nwhere\n    T: Send,\n{\n    b\n}\ntrait X { fn y(); }\ntype F = fn(u8) -> u8;\n";
        let found: Vec<(String, usize, usize, usize)> =
            scanned(text).functions().into_iter().map(|one| (one.name, one.line, one.parameters, one.lines)).collect();
        assert_eq!(found, [("a".to_owned(), 1, 1, 6), ("y".to_owned(), 7, 0, 1)]);
    }

    #[test]
    fn a_file_that_breaks_off_is_read_to_its_end() {
        for text in ["fn a() {", "\"open", "/* open", "r#\"open", "'", "fn", "fn a", "#[cfg(test)]", "b'"] {
            let scanned = scanned(text);
            let _ = (scanned.functions().len(), scanned.comment_lines(), scanned.code_lines().count());
        }
    }
}
