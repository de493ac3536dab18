import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ByMail } from './ByMail'
import type { MailLink } from './links'

const TOKEN = 'a'.repeat(110)
const PREVIEW = 'POST /api/v1/mail-links/preview'
const ANSWER = 'POST /api/v1/mail-links/answer'

const link = (more: Partial<MailLink> = {}): MailLink => ({
  deed: 'attend',
  name: 'Claire Vasseur',
  title: 'Assemblée du chœur',
  words: 'On choisit le programme.',
  choices: ['yes', 'maybe', 'no'].map((value) => ({ value, label: '', chosen: false })),
  multiple: false,
  open: true,
  starts_at: '2027-01-12T17:00:00.000Z',
  until: null,
  expires_at: '2027-01-20T08:00:00.000Z',
  path: '/posts/1',
  ...more,
})
const answered = (value: string) =>
  link({ choices: link().choices.map((one) => ({ ...one, chosen: one.value === value })) })

const server = serve({ [PREVIEW]: link(), [ANSWER]: answered('maybe') })

const open = (at = `/by-mail#${TOKEN}.maybe`) => renderWithProviders(<ByMail signInAddress="/sign-in" />, { at })

test('opening a link answers nothing; a press answers what is chosen, and it can be changed', async () => {
  await open()
  expect(await screen.findByText('Claire Vasseur')).toBeInTheDocument()
  expect(screen.getByRole('radio', { name: 'Peut-être' })).toBeChecked()
  expect(server.to(ANSWER)).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Confirmer ma réponse' }))
  expect(await screen.findByText('Votre réponse est enregistrée.')).toBeInTheDocument()
  expect(server.to(ANSWER)[0]?.body).toEqual({ token: TOKEN, choices: ['maybe'] })
  await userEvent.click(screen.getByRole('radio', { name: 'Je viens' }))
  await userEvent.click(screen.getByRole('button', { name: 'Changer ma réponse' }))
  expect(server.to(ANSWER)[1]?.body).toEqual({ token: TOKEN, choices: ['yes'] })
})

test('nothing is sent before something is chosen', async () => {
  await open(`/by-mail#${TOKEN}`)
  await userEvent.click(await screen.findByRole('button', { name: 'Confirmer ma réponse' }))
  expect(screen.getByText('Choisissez d’abord une réponse.')).toBeInTheDocument()
  expect(server.to(ANSWER)).toHaveLength(0)
})

test('thanks are given and taken back by one press each', async () => {
  const thanks = (chosen: boolean) => link({ deed: 'thank', choices: [{ value: 'yes', label: '', chosen }] })
  server.give({ [PREVIEW]: thanks(false), [ANSWER]: thanks(true) })
  await open(`/by-mail#${TOKEN}`)
  await userEvent.click(await screen.findByRole('button', { name: 'Dire merci' }))
  expect(await screen.findByText('Vous avez dit merci.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer mon merci' }))
  expect(server.to(ANSWER).map(({ body }) => (body as { choices: string[] }).choices)).toEqual([['yes'], []])
})

test('what is closed shows what was said, and takes no other', async () => {
  server.give({ [PREVIEW]: { ...answered('no'), open: false } })
  await open()
  expect(await screen.findByText(/^Votre réponse.*Je ne viens pas/)).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('a link that may not be used reads like one that never was', async () => {
  server.give({ [PREVIEW]: problem(410, 'gone', 'Ce lien a expiré ou a déjà servi.') })
  await open()
  expect(await screen.findByRole('heading', { name: 'Ce lien ne mène à rien' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Aller à la connexion' })).toHaveAttribute('href', '/sign-in')
})

test('loaded again, without the link in its address, the page says to open it from the mail again', async () => {
  await open('/by-mail')
  expect(await screen.findByRole('heading', { name: 'Rouvrez le lien depuis votre courriel' })).toBeInTheDocument()
  expect(server.to(PREVIEW)).toHaveLength(0)
})
