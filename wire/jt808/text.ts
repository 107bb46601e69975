import iconv from 'iconv-lite'

/** Text of the standard is GBK (JT/T 808—2019 5.1). Padding zeros and blanks at either end are no part of it. */
export function readText(bytes: Uint8Array): string {
  return iconv
    .decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'gbk')
    .replace(/^[\0 ]+|[\0 ]+$/g, '')
}

export const textBytes = (text: string): Uint8Array => iconv.encode(text, 'gbk')
