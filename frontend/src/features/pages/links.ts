const SCHEMES = new Set(['https:', 'http:', 'mailto:'])

/** What somebody wrote as an address, whole; nothing when it is none that a page may lead to. */
export function addressOf(written: string): string | undefined {
  const whole = written.includes('@') && !written.includes(':') ? `mailto:${written}` : written
  try {
    const url = new URL(/^[a-z][a-z+.-]*:/i.test(whole) ? whole : `https://${whole}`)
    const leads = url.protocol === 'mailto:' || url.hostname.includes('.')
    return SCHEMES.has(url.protocol) && leads ? url.href : undefined
  } catch {
    return undefined
  }
}
