import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

/* https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16 */
const END = 0x06054b50
const STORED = 0

function contentAt(zip: Buffer, offset: number, method: number, size: number): Buffer {
  const begin = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const content = zip.subarray(begin, begin + size)
  return method === STORED ? content : inflateRawSync(content)
}

/** The files of a zip by name. */
export function readZip(path: string): Map<string, string> {
  const zip = readFileSync(path)
  const end = zip.lastIndexOf(Buffer.from([END & 255, (END >> 8) & 255, (END >> 16) & 255, END >> 24]))
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const method = zip.readUInt16LE(at + 10)
    const content = contentAt(zip, zip.readUInt32LE(at + 42), method, zip.readUInt32LE(at + 20))
    if (!name.endsWith('/')) files.set(name, content.toString('utf8'))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}
