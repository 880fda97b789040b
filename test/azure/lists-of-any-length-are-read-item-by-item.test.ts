import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonArrayItems } from '../../src/azure/http/json-array.ts';

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

describe('a JSON array', () => {
  it('comes out as it went in, wherever its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), sizes, fc.constantFrom(undefined, 2), async (items, parts, indent) => {
        const text = JSON.stringify(items, null, indent);
        expect(await Array.fromAsync(jsonArrayItems(cut(text, parts)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('that ends early is an error, wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.double({ min: 0, max: 1, noNaN: true }), async (items, share) => {
        const text = JSON.stringify(items);
        const shorter = Buffer.from(text).subarray(0, Math.floor(share * (Buffer.byteLength(text) - 1)));
        const reading = Array.fromAsync(jsonArrayItems(cut(shorter.toString('latin1'), [64])));
        await expect(reading).rejects.toBeInstanceOf(SyntaxError);
      }),
    );
  });

  it('may begin with a byte order mark', async () => {
    expect(await Array.fromAsync(jsonArrayItems(cut('\uFEFF [1]\r\n', [2])))).toEqual([1]);
  });

  it.each(['', '{}', '"[1]"', '[1] [2]', '[1]]', '[,1]', 'null', '<html>'])('is not %s', async (text) => {
    await expect(Array.fromAsync(jsonArrayItems(cut(text, [3])))).rejects.toBeInstanceOf(SyntaxError);
  });
});
