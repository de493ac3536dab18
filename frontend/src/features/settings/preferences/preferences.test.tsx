import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useMembersChoices } from '@/entities/session/choices'
import { useMember } from '@/entities/session/queries'
import { currentLanguage } from '@/lib/language'
import { currentTheme } from '@/lib/theme'
import { makeOrganisation, makeSession } from '@/testing/make'
import { makeMe } from '@/testing/makeAccount'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { AppearanceChoice } from './AppearanceChoice'
import { LanguageChoice } from './LanguageChoice'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation': makeOrganisation(),
})

/** As the shell does: the member's choices show. */
function Shown({ children }: { children: React.ReactNode }) {
  useMembersChoices(useMember())
  return children
}

test('a language takes effect at once and is kept by the server', async () => {
  server.give({ 'PATCH /api/v1/me': makeMe({ language: 'en' }) })
  await renderWithProviders(
    <Shown>
      <LanguageChoice />
    </Shown>,
  )
  expect(await screen.findByRole('radio', { name: 'Français' })).toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: 'English' }))
  expect(await screen.findByText('Language saved.')).toBeInTheDocument()
  expect(currentLanguage()).toBe('en')
  expect(server.to('PATCH /api/v1/me')[0]?.body).toEqual({ language: 'en' })
})

test('only the languages that the organisation speaks are offered', async () => {
  server.give({ 'GET /api/v1/organisation': makeOrganisation({ languages: ['fr'] }) })
  await renderWithProviders(
    <Shown>
      <LanguageChoice />
    </Shown>,
  )
  expect(await screen.findByRole('radio', { name: 'Français' })).toBeChecked()
  await waitFor(() => expect(screen.queryByRole('radio', { name: 'English' })).not.toBeInTheDocument())
})

test('an appearance that the server did not keep is taken back, and said', async () => {
  server.give({ 'PATCH /api/v1/me': problem(503, 'unavailable', 'Le serveur se repose.') })
  await renderWithProviders(
    <Shown>
      <AppearanceChoice />
    </Shown>,
  )
  await userEvent.click(await screen.findByRole('radio', { name: 'Sombre' }))
  expect(await screen.findByText('Le serveur se repose.')).toBeInTheDocument()
  expect(currentTheme()).toBe('system')
  server.give({ 'PATCH /api/v1/me': makeMe({ appearance: 'dark' }) })
  await userEvent.click(screen.getByRole('radio', { name: 'Sombre' }))
  expect(await screen.findByText('Apparence enregistrée.')).toBeInTheDocument()
  expect(currentTheme()).toBe('dark')
})
