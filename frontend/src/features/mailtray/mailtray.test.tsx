import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeTrayMail } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { cutAtLinks } from './links'
import { MailTray } from './MailTray'

const mail = makeTrayMail()
const server = serve({
  'GET /api/v1/mail-tray': { items: [mail], next: null },
  'GET /api/v1/mail-tray/*': mail,
})
const tray = (open?: string) => (
  <MailTray open={open} trayAddress="/mail-tray" mailAddress={(id) => `/mail-tray/${id}`} />
)

test('a text is cut where its links stand', () => {
  expect(cutAtLinks(mail.text, mail.links)).toEqual([
    { text: 'Ouvrez ' },
    { link: 'http://localhost:8000/door/sign-in#abc' },
    { text: ' puis entrez.' },
  ])
  expect(cutAtLinks('Bonjour', ['http://absent'])).toEqual([{ text: 'Bonjour' }])
})

test('mails are listed with their way in', async () => {
  await renderWithProviders(tray())
  const link = await screen.findByRole('link', { name: /Votre lien de connexion.*ines@perso\.example/ })
  expect(link).toHaveAttribute('href', `/mail-tray/${mail.id}`)
  expect(screen.getByText('1 courriel')).toBeInTheDocument()
})

test('a mail opens in a frame that runs nothing, or as text whose links can be followed', async () => {
  await renderWithProviders(tray(mail.id))
  const title = await screen.findByRole('heading', { level: 2, name: 'Votre lien de connexion' })
  expect(title).toHaveFocus()
  const frame = screen.getByTitle('Courriel « Votre lien de connexion »')
  expect(frame).toHaveAttribute('src', `/api/v1/mail-tray/${mail.id}/document`)
  expect(frame).toHaveAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox')
  await userEvent.click(screen.getByRole('button', { name: 'Texte seul' }))
  expect(screen.getByRole('link', { name: 'http://localhost:8000/door/sign-in#abc' })).toHaveAttribute(
    'target',
    '_blank',
  )
})

test('without mails it says how one comes; outside the demonstration, that there is no such page', async () => {
  server.give({ 'GET /api/v1/mail-tray': { items: [], next: null } })
  const { unmount } = await renderWithProviders(tray())
  expect(await screen.findByRole('heading', { name: 'Aucun courriel pour l’instant' })).toBeInTheDocument()
  unmount()
  server.give({ 'GET /api/v1/mail-tray': problem(404, 'not_found', 'Introuvable') })
  await renderWithProviders(tray())
  expect(await screen.findByRole('heading', { level: 1, name: 'Pas de courriels ici' })).toBeInTheDocument()
})
