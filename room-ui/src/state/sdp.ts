/** Asks our own encoder, in the answer it is given, to fall silent when we are: 5 packets a second instead of 50. */
export function askForDtx(answer: string): string {
  const payload = /^a=rtpmap:(\d+) opus\//im.exec(answer)?.[1];
  if (payload === undefined) return answer;
  const eol = answer.includes('\r\n') ? '\r\n' : '\n';
  const lines = answer.split(eol);
  let known = false;
  const asked = lines.map((line) => {
    if (!line.startsWith(`a=fmtp:${payload} `)) return line;
    known = true;
    return /(^|[ ;])usedtx=/.test(line) ? line : `${line};usedtx=1`;
  });
  if (known) return asked.join(eol);
  const after = (line: string) => line.startsWith(`a=rtpmap:${payload} `);
  return lines.flatMap((line) => (after(line) ? [line, `a=fmtp:${payload} usedtx=1`] : [line])).join(eol);
}
