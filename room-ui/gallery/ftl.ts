/** Enough of Fluent for our own files: one message per line, comments with a hash. */
export function parseFtl(text: string): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const found = /^([a-z][a-z0-9-]*) = (.*)$/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined) messages[found[1]] = found[2];
  }
  return messages;
}
