import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Choices } from '@/entities/notification/choices'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ChoicesTable } from './ChoicesTable'
import { PauseChoice } from './PauseChoice'
import { Unsubscribing } from './Unsubscribing'

const CHOICES: Choices = {
  kinds: [
    { kind: 'named', here: true, mail: 'at_once', push: true },
    { kind: 'followed', here: null, mail: 'weekly', push: null },
  ],
  paused_until: null,
  abilities: ['change'],
}

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/notification-choices': CHOICES,
})

test('each kind is a line, each way a column; a choice takes effect at once, and is taken back when not kept', async () => {
  server.give({
    'PATCH /api/v1/me/notification-choices': {
      ...CHOICES,
      kinds: [{ kind: 'named', here: true, mail: 'daily', push: true }, CHOICES.kinds[1]],
    },
  })
  await renderWithProviders(<ChoicesTable />)
  const mail = await screen.findByRole('combobox', { name: 'On parle de moi\u00a0: Courriel' })
  const followed = screen.getByRole('row', { name: /Dans mes communautés/ })
  expect(within(followed).queryByRole('checkbox')).not.toBeInTheDocument()

  await userEvent.selectOptions(mail, 'Chaque jour')
  expect(await screen.findByText('Choix enregistré.')).toBeInTheDocument()
  expect(mail).toHaveValue('daily')
  expect(server.to('PATCH /api/v1/me/notification-choices')[0]?.body).toEqual({ kinds: { named: { mail: 'daily' } } })

  server.give({ 'PATCH /api/v1/me/notification-choices': problem(503, 'unavailable', 'Le serveur se repose.') })
  const here = screen.getByRole('checkbox', { name: 'On parle de moi\u00a0: Ici' })
  await userEvent.click(here)
  expect(await screen.findByText('Le serveur se repose.')).toBeInTheDocument()
  expect(here).toBeChecked()
})

test('a pause is set until a day, said, and ended before', async () => {
  server.give({
    'PATCH /api/v1/me/notification-choices': ({ body }) => ({ ...CHOICES, ...(body as object) }),
  })
  await renderWithProviders(<PauseChoice />)
  await userEvent.type(await screen.findByLabelText('Jusqu’au'), '2026-12-24')
  await userEvent.click(screen.getByRole('button', { name: 'Mettre en pause' }))
  expect(await screen.findByText('En pause jusqu’au 24 décembre 2026.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Reprendre maintenant' }))
  expect(await screen.findByLabelText('Jusqu’au')).toBeInTheDocument()
  expect(server.to('PATCH /api/v1/me/notification-choices').at(-1)?.body).toEqual({ paused_until: null })
})

test('mails are left by a click on the page that a mail leads to, and not by opening it', async () => {
  server.give({
    'GET /api/v1/unsubscriptions/*': { list: 'weekly', left: false, kinds: ['followed'] },
    'PUT /api/v1/unsubscriptions/*': { list: 'weekly', left: true, kinds: [] },
  })
  await renderWithProviders(<Unsubscribing token="abc" settingsAddress="/settings/notifications" />)
  expect(await screen.findByText(/le résumé de chaque semaine/)).toBeInTheDocument()
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Dans mes communautés'])
  expect(server.to('PUT /api/v1/unsubscriptions/*')).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Ne plus les recevoir' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'C’est fait' })).toBeInTheDocument()
})

test('an address that is none says so', async () => {
  server.give({ 'GET /api/v1/unsubscriptions/*': problem(404, 'not_found', 'Introuvable') })
  await renderWithProviders(<Unsubscribing token="abc" settingsAddress="/settings/notifications" />)
  expect(await screen.findByRole('heading', { level: 1, name: 'Ce lien ne mène à rien' })).toBeInTheDocument()
})
