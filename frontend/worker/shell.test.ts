import { served } from './shell'

const kept = (policy?: string) =>
  new Response(
    '<meta name="csp-nonce" content="aaaaaaaaaaaaaaaaaaaaaa" /><style nonce="aaaaaaaaaaaaaaaaaaaaaa"></style>',
    {
      headers: policy === undefined ? {} : { 'content-security-policy': policy },
    },
  )
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-aaaaaaaaaaaaaaaaaaaaaa'"

test('a kept page is served with a nonce of its own, each time another, and the rest of its policy', async () => {
  const pages = await Promise.all([served(kept(policy)), served(kept(policy))])
  const nonces = pages.map((page) => {
    const told = page?.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([\w-]+)'/.exec(told)?.[1] ?? ''
    expect(told.replace(nonce, 'N')).toBe("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'")
    return nonce
  })
  expect(new Set([...nonces, 'aaaaaaaaaaaaaaaaaaaaaa']).size).toBe(3)
  for (const [index, page] of pages.entries()) {
    const html = (await page?.text()) ?? ''
    expect(html.split(nonces[index] ?? '?')).toHaveLength(3)
    expect(html).not.toContain('aaaaaaaa')
  }
})

test('a page without a policy is not served', async () => {
  expect(await served(kept())).toBeUndefined()
  expect(await served(kept("default-src 'none'"))).toBeUndefined()
})
