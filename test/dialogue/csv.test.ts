import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../lib/dialogue/csv.ts'

/** As a spreadsheet takes it apart that minds quotation marks. */
function read(csv: string, separator: string): string[][] {
  const lines = csv.replace(/^\ufeff/, '').split('\r\n')
  return lines
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(new RegExp(`(?:^|${separator})"((?:[^"]|"")*)"`, 'g'))].map(([, value = '']) =>
        value.replaceAll('""', '"'),
      ),
    )
}

describe('a table for spreadsheets', () => {
  it('begins with a byte order mark, so that names are read as they are', () => {
    expect(csvOf([['Zoë', 'Łukasz']])).toBe('\ufeff"Zoë","Łukasz"\r\n')
  })

  it('puts every cell in quotation marks and doubles those within', () => {
    expect(read(csvOf([['a "b", c', '']]), ',')).toEqual([['a "b", c', '']])
  })

  it.each(['=1+1', '+49 170', '-1', '@SUM(A1)', ' =1', '＝1', '\t=1', '\r=1'])('makes %j a word', (typed) => {
    expect(read(csvOf([[typed]]), ',')[0]?.[0]?.trimStart()).toMatch(/^'/)
  })

  it('keeps a name with a hyphen as it is', () => {
    expect(read(csvOf([["Anna-Lena O'Neill"]]), ',')).toEqual([["Anna-Lena O'Neill"]])
  })

  it('makes one line of a cell with several', () => {
    expect(csvOf([['one\r\ntwo\nthree']])).toBe('\ufeff"one two three"\r\n')
  })

  it('has no formula in any cell, whatever is in it and by whichever separator it is taken apart', () => {
    const nasty = fc.string({ unit: fc.constantFrom(...'=+-@,;|"\t\r\n \'abc＝') })
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 1 }), { minLength: 1 }), (rows) => {
        for (const separator of [',', ';'] as const) {
          const csv = csvOf(rows, separator).replace(/^\ufeff/, '')
          const pieces = csv.split(/[,;|\r\n]/).map((piece) => piece.replace(/^[" ]+/, ''))
          expect(pieces.filter((piece) => /^[=+\-@＝＋－＠\t]/.test(piece))).toEqual([])
        }
      }),
    )
  })

  it('says the same again when it is read', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'"abc ,;ä') })
    fc.assert(
      fc.property(fc.array(fc.array(plain, { minLength: 1 }), { minLength: 1 }), (rows) => {
        expect(read(csvOf(rows, ';'), ';')).toEqual(rows)
      }),
    )
  })
})
