import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makePerson, structure } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { CreatePerson } from './CreatePerson'

const server = serve({ 'GET /api/v1/session': makeSession(), ...structure })
const fill = async () => {
  await userEvent.type(screen.getByRole('textbox', { name: 'Nom' }), 'Malo Ricard')
  await userEvent.type(screen.getByRole('textbox', { name: 'Adresse électronique' }), 'malo@courriel.example')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Affiliation' }), 'affiliate')
}
const send = () => userEvent.click(screen.getByRole('button', { name: 'Préinscrire' }))

test('somebody the institution knows is entered once, even when the answer was lost', async () => {
  const malo = makePerson({
    name: 'Malo Ricard',
    addresses: [{ email: 'malo@courriel.example', kind: 'personal', is_primary: true, verified: false }],
  })
  server.give({ 'POST /api/v1/people': problem(503, 'unavailable', 'Indisponible') })
  await renderWithProviders(<CreatePerson openPerson={(id, words) => <a href={`/p/${id}`}>{words}</a>} />)
  await fill()
  await userEvent.click(screen.getByRole('radio', { name: 'Une adresse personnelle' }))
  await send()
  expect(await screen.findByRole('alert')).toHaveTextContent('Indisponible')
  server.give({ 'POST /api/v1/people': malo })
  await send()
  expect(await screen.findByText(/La préinscription de Malo Ricard est faite/)).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Voir sa fiche' })).toHaveAttribute('href', `/p/${malo.id}`)
  const [first, second] = server.to('POST /api/v1/people')
  expect(second?.body).toEqual({
    name: 'Malo Ricard',
    email: 'malo@courriel.example',
    address_kind: 'personal',
    affiliation: { kind: 'affiliate' },
  })
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
})

test('what the server refuses stands under its field, nested ones too', async () => {
  server.give({
    'POST /api/v1/people': problem(409, 'conflict', 'Conflit', {
      fields: [
        { path: 'email', code: 'known', message: 'Quelqu’un a déjà cette adresse.' },
        { path: 'affiliation/title', code: 'too_long', message: 'Trop long.' },
      ],
    }),
  })
  await renderWithProviders(<CreatePerson openPerson={() => null} />)
  await fill()
  await send()
  const email = screen.getByRole('textbox', { name: 'Adresse électronique' })
  await waitFor(() => expect(email).toHaveAccessibleDescription('Quelqu’un a déjà cette adresse.'))
  expect(email).toHaveFocus()
  expect(screen.getByRole('textbox', { name: /Fonction/ })).toHaveAccessibleDescription('Trop long.')
})
