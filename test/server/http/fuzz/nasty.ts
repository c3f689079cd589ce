import fc from 'fast-check'

/*
 * What nobody should send, and somebody will: of each kind of place where a request can hold something.
 */

const texts = [
  '', ' ', '\0', 'a\0b', '\n', '\r\nX-Injected: 1', '\u202E', '\uFEFF', '\uFFFD', '💊', '机构', 'é', 'e\u0301', 'ﬁ', 'İ', '\u0085',
  '\'', '"', '`', '\\', '%', '%25', '\' or 1=1--', '\'; drop table report; --', '$1', '${7*7}', '{{7*7}}', '<script>alert(1)</script>', '=1+1', '../../etc/passwd', '..\\..\\x', 'file:///etc/passwd', 'http://example.invalid/',
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'Infinity', 'true', 'false', '[]', '{}', '[object Object]', '0', '-0', '-1', '1e9', '1e999', '0x10', '1.5', '9007199254740993', '2147483648',
  '-2147483649', '99999999999999999999999999', '2026-02-29', '2026-02-30', '0000-00-00', '0000-01-01', '9999-12-31', '10000-01-01', '-2026-01-01', '2026-1-1', '2026-03-01T25:00:00Z', '2026-03-01T00:00:00+08:00', '9999-12-31T23:59:59Z', '2026-13',
  'a'.repeat(300), 'a'.repeat(9_000), '机'.repeat(1_500), ',', ',,', 'a,b', '*', '"*"', 'W/"1"', '0,0,0,0', '-181,-91,181,91', '1,2,3', 'NaN,0,1,1',
]

/** Texts, as they are meant. */
export const nastyText: fc.Arbitrary<string> = fc.oneof({ arbitrary: fc.constantFrom(...texts), weight: 4 }, { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 }, { arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }), weight: 1 })

/** A text without halves of letters: what is written of it. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

/** Texts as they stand in an address: also those that no text is written as. */
export const nastyPart: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: nastyText.map((text) => encodeURIComponent(wellFormed(text))), weight: 4 },
  { arbitrary: fc.constantFrom('%', '%zz', '%ff', '%00', '%ED%A0%80', '%c0%80', '%C0%AE%C0%AE', '%2e%2e%2f', '%2F', '%5C', '+', ';', '%u0000', '%E2%80%AE', '%F0%9F%92%8A'), weight: 1 },
)

/** JSON, as it is written: of every kind, and of no length. A text can hold half a letter, and an object what others take for its own. */
export const nastyJson: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: nastyText.map((text) => JSON.stringify(text)), weight: 4 },
  {
    arbitrary: fc.constantFrom(
      'null', 'true', 'false', '0', '-0', '-1', '1.5', '1e999', '-1e999', '1e-400', '2147483648', '9007199254740993', '123456789012345678901234567890', '[]', '[[]]', '[null]', '["a","b"]', '{}', '{"a":1}', '{"__proto__":{"role":"operator"}}',
      '{"constructor":{"prototype":{}}}', '{"toString":null}', '{"length":-1}', '"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"', '"\\u202e"', `"${'\\u0061'.repeat(500)}"`, `${'['.repeat(500)}${']'.repeat(500)}`,
    ), weight: 4,
  },
)

/** Whole bodies that are none. */
export const nastyBody: fc.Arbitrary<string> = fc.constantFrom('', ' ', '{', '}', 'null', '[]', '"x"', '1', 'true', '{"a":}', '{\'a\':1}', '{"a":1}{"a":2}', '\uFEFF{}', '{}\0', 'a=1&b=2', '<a/>', `${'['.repeat(4_000)}`, `{"a":"${'x'.repeat(20_000)}"}`, '{"__proto__":{}}')

/** What a header can hold, as far as one can be sent at all. */
export const nastyHeader: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '*', '"1"', 'W/"1"', '1', '"0"', '"99999999999"', '-1', '""', '"a"', 'null', '__proto__', 'é', '\u00ff', 'a'.repeat(300), 'a'.repeat(5_000), 'a,b', '%00', '\' or 1=1--', 'gzip;q=0, br;q=0', 'http://elsewhere.example'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
)

/** Files that are no report. */
export const nastyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom(
    '', '\n', '\0', 'institution_code,drug_code,status', 'institution_code,drug_code,status\n', 'a,b,c\n1,2,3', '"', 'institution_code,drug_code,status\nH1,alpha,perhaps', 'institution_code,drug_code,status\nH999,none,in_stock',
    'institution_code,drug_code,status\nH1,alpha,in_stock\nH1,alpha,in_stock', 'institution_code\tdrug_code\tstatus\nH1\talpha\tin_stock', `institution_code,drug_code,status\n${'H1,'.repeat(2_000)}`, `${'x'.repeat(100_000)}`, '__proto__,constructor,status\nH1,alpha,in_stock',
    'institution_code,drug_code,status,observed_on,quantity,price\nH1,alpha,in_stock,0000-00-00,-1,1e999', 'institution_code,drug_code,status\n\u0000,\u202e,💊',
  ).map((text) => new TextEncoder().encode(text)),
  fc.constantFrom([0x50, 0x4b, 3, 4, 20, 0], [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], [0xff, 0xfe, 0x41, 0], [0xef, 0xbb, 0xbf], [0x81, 0x30, 0xff]).map((bytes) => Uint8Array.from(bytes)),
  fc.uint8Array({ maxLength: 200 }),
)
