import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of an archive as a test wants it; what is said of it may be untrue. */
export type Packed = {
  name: string
  content?: string
  /** Said in the directory instead of the true size. */
  saidBytes?: number
  isEncrypted?: boolean
  isLink?: boolean
}

/** A zip archive, made by hand so that it can be wrong. */
export function zip(entries: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content = '', saidBytes, isEncrypted, isLink } of entries) {
    const raw = Buffer.from(content)
    const packed = deflateRawSync(raw)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isEncrypted ? 0x801 : 0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(saidBytes ?? raw.length, 18)
    common.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, title, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(isLink ? 0xa1ff0000 : 0, 6)
    rest.writeUInt32LE(at, 10)
    const head = Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 3])])
    directory.push(Buffer.concat([head, common, rest, title]))
    locals.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, listed, end])
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A Word document, with further entries. */
export function docx(...more: readonly Packed[]): Buffer {
  const types = `<Types><Override PartName="/word/document.xml" ContentType="${WORD}.main+xml"/></Types>`
  const document = { name: 'word/document.xml', content: '<w:document/>' }
  return zip([{ name: '[Content_Types].xml', content: types }, document, ...more])
}

export function odt(...more: readonly Packed[]): Buffer {
  const said = { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' }
  return zip([said, { name: 'META-INF/manifest.xml', content: '<manifest/>' }, ...more])
}

/** A PDF of that many bytes at least; `seed` makes it another one. */
export function pdf(bytes = 600, seed = 1): Buffer {
  const body = Buffer.alloc(Math.max(0, bytes - 16))
  let state = seed
  for (let at = 0; at < body.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    body[at] = state >> 16
  }
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), body, Buffer.from('\n%%EOF\n')])
}

/** A PNG that says to be that large; its points are not there. */
export function png(width: number, height: number, behind = ''): Buffer {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 6, 0, 0, 0], 8)
  const chunks = [chunk('IHDR', size), chunk('IDAT', deflateRawSync('')), chunk('IEND')]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, Buffer.from(behind)])
}

function chunk(type: string, content = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A JPEG's head that says to be that large. */
export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0001108000000000301220002110103110100', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')
  return Buffer.concat([head, frame, Buffer.from('ffd9', 'hex')])
}

/** A moving GIF of one point. */
export function gif(frames: number): Buffer {
  const head = Buffer.from('47494638396101000100800000ffffff000000', 'hex')
  const frame = Buffer.from('2c000000000100010000020144003b', 'hex').subarray(0, -1)
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from('3b', 'hex')])
}

/** The beginnings of other kinds of files. */
export const HEADS = {
  mp4: Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex'),
  webm: Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  ]),
  mp3: Buffer.concat([
    Buffer.from('49443303000000000000', 'hex'),
    Buffer.from('fffb9064', 'hex'),
    Buffer.alloc(500),
  ]),
  doc: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
  exe: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]),
}
