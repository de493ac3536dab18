export type Mark = 'bold' | 'italic' | 'code' | 'codeBlock' | 'list' | 'quoted' | 'link'

const AROUND = {
  bold: ['**', '**'],
  italic: ['*', '*'],
  code: ['`', '`'],
  codeBlock: ['```\n', '\n```'],
  link: ['[', '](https://)'],
}
const BEFORE = { list: '- ', quoted: '> ' }

/** A text with what is chosen in it marked, and what is chosen then. */
export function marked(
  text: string,
  start: number,
  end: number,
  mark: Mark,
): { text: string; start: number; end: number } {
  if (mark === 'list' || mark === 'quoted') {
    const from = text.lastIndexOf('\n', start - 1) + 1
    const lines = text.slice(from, end).split('\n')
    const written = lines.map((line) => BEFORE[mark] + line).join('\n')
    const at = from + written.length
    return { text: text.slice(0, from) + written + text.slice(end), start: at, end: at }
  }
  const [open = '', close = ''] = AROUND[mark]
  const written = text.slice(0, start) + open + text.slice(start, end) + close + text.slice(end)
  return { text: written, start: start + open.length, end: end + open.length }
}
