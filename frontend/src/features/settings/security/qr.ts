/**
 * A picture's address for the SVG that the server drew. As a picture it cannot run anything or fetch anything (SVG 2
 * section 2.8, secure static mode), whatever it holds; alone in a file, it needs its namespace.
 */
export function qrAddress(svg: string): string {
  const named = svg.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
  return `data:image/svg+xml,${encodeURIComponent(named)}`
}

/** « ABCD EFGH »: in fours, as people copy. */
export const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? ''
