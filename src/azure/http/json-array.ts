const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = [...'"\\,[]{}'].map((c) =>
  c.charCodeAt(0),
);

/**
 * Streaming parser: yields the items of a JSON array one at a time, so that a list of any length is never in memory as
 * a whole. Throws SyntaxError when the text is no array, or ends before the array does.
 */
export async function* jsonArrayItems(chunks: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let ended = false;
  let item: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      if (depth === 0) {
        if (isBlank(byte)) continue;
        if (ended || byte !== openBracket) throw new SyntaxError('Not a JSON array.');
        depth = 1;
        start = at + 1;
      } else if (byte === quote) {
        inString = true;
      } else if (byte === openBrace || byte === openBracket) {
        depth += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        if (depth > 0) continue;
        item.push(chunk.subarray(start, at));
        const text = Buffer.concat(item).toString();
        if (text.trim() !== '') yield JSON.parse(text);
        item = [];
        start = -1;
        ended = true;
      } else if (byte === comma && depth === 1) {
        item.push(chunk.subarray(start, at));
        yield JSON.parse(Buffer.concat(item).toString());
        item = [];
        start = at + 1;
      }
    }
    if (start >= 0) item.push(chunk.subarray(start));
  }
  if (!ended) throw new SyntaxError('The JSON array breaks off.');
}

/** JSON white space, and the byte order mark that .NET services may send first. */
function isBlank(byte: number): boolean {
  return (
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0xef || byte === 0xbb || byte === 0xbf
  );
}
