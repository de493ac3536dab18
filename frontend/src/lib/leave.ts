/** Sends this tab to another site, as a link to it would. */
export function leave(url: string) {
  const link = document.createElement('a')
  link.href = url
  link.click()
}
