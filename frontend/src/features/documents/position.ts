const START = 256 * 1024
const GPS = 0x8825
const words = new TextEncoder()
const XMP_POSITION = words.encode('GPSLatitude')
const LITTLE = words.encode('II*\0')
const BIG = words.encode('MM\0*')

/** Whether a picture says where it was taken, as cameras write it: in Exif, whatever the format around it, or in XMP. */
export async function saysWhere(file: File): Promise<boolean> {
  if (!file.type.startsWith('image/')) return false
  const bytes = new Uint8Array(await file.slice(0, START).arrayBuffer())
  if (indexOf(bytes, XMP_POSITION) >= 0) return true
  return [LITTLE, BIG].some((mark) => {
    for (let at = indexOf(bytes, mark); at >= 0; at = indexOf(bytes, mark, at + 1)) {
      if (hasPosition(new DataView(bytes.buffer, at), mark === LITTLE)) return true
    }
    return false
  })
}

/** Its first directory names another, of the position, which holds something. */
function hasPosition(tiff: DataView, little: boolean): boolean {
  try {
    const directory = tiff.getUint32(4, little)
    const count = tiff.getUint16(directory, little)
    for (let index = 0; index < count; index++) {
      const entry = directory + 2 + index * 12
      if (tiff.getUint16(entry, little) !== GPS) continue
      return tiff.getUint16(tiff.getUint32(entry + 8, little), little) > 0
    }
    return false
  } catch {
    return false // What looked like one was none.
  }
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, from = 0): number {
  const first = sought[0] as number
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}
