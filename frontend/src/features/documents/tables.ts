const MOST_ROWS = 500
const MOST_CELLS = 60

/** The rows of a table written as text (RFC 4180), by the separator that its first line has most of. */
export function tableOf(text: string): string[][] {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined)
  const separator = [',', ';', '\t'].reduce((best, one) => (count(first, one) > count(first, best) ? one : best))
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    if (row.length < MOST_CELLS) row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length && rows.length < MOST_ROWS; at++) {
    const sign = text.charAt(at)
    if (quoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at++
    } else if (sign === '"') quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === separator) endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

const count = (text: string, sign: string) => text.split(sign).length
