import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { answer, api } from '@/api/client'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ProofGate } from './ProofGate'
import { declineProof, useProvedMutation } from './proof'

const server = serve({ 'GET /api/v1/session': makeSession() })

afterEach(declineProof)

/** A server that wants a proof before `DELETE /me/password`, by these means. */
function wantsProof(...kinds: string[]) {
  let proved = false
  server.give({
    'GET /api/v1/session/proof': { proved_until: null, kinds },
    'DELETE /api/v1/me/password': () =>
      proved ? undefined : problem(403, 'proof_required', 'Confirmez que c’est bien vous.'),
    'POST /api/v1/session/proof': ({ body }) => {
      const { password, code } = body as { password?: string; code?: string }
      if (password !== 'la-bonne' && code !== '123456') {
        const path = password === undefined ? 'code' : 'password'
        return problem(422, 'wrong', 'Refusé', { fields: [{ path, code: 'wrong', message: 'Ce n’est pas le bon.' }] })
      }
      proved = true
      return { proved_until: '2026-12-03T08:10:00Z', kinds }
    },
  })
}

function Act({ confirmed = false }: { confirmed?: boolean }) {
  const [open, setOpen] = useState(false)
  const act = useProvedMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/password')) })
  return (
    <>
      <Button onClick={() => (confirmed ? setOpen(true) : act.mutate())}>Agir</Button>
      {act.isSuccess && <p>Fait</p>}
      {act.error && <p role="alert">{messageOf(act.error)}</p>}
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Sûr"
        confirm="Oui"
        onConfirm={() => act.mutateAsync()}
      >
        Vraiment.
      </ConfirmDialog>
      <ProofGate />
    </>
  )
}

const dialog = () => screen.findByRole('dialog', { name: 'Confirmez que c’est bien vous' })
const begin = async (ui = <Act />) => {
  await renderWithProviders(ui)
  await userEvent.click(screen.getByRole('button', { name: 'Agir' }))
}

test('a refused act goes on once the password is proved, and gives the focus back', async () => {
  wantsProof('password', 'email_code')
  await begin()
  await dialog()
  const field = await screen.findByLabelText('Mot de passe')
  await waitFor(() => expect(field).toHaveFocus())
  await userEvent.type(field, 'la-bonne{Enter}')
  expect(await screen.findByText('Fait')).toBeInTheDocument()
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(server.to('DELETE /api/v1/me/password')).toHaveLength(2)
  await waitFor(() => expect(screen.getByRole('button', { name: 'Agir' })).toHaveFocus())
})

test('a wrong password is told under its field, and the dialog stays', async () => {
  wantsProof('password')
  await begin()
  await userEvent.type(await screen.findByLabelText('Mot de passe'), 'fausse{Enter}')
  expect(await screen.findByText('Ce n’est pas le bon.')).toBeInTheDocument()
  expect(screen.getByLabelText('Mot de passe')).toHaveAccessibleDescription('Ce n’est pas le bon.')
  expect(screen.queryByText('Fait')).not.toBeInTheDocument()
  expect(server.to('DELETE /api/v1/me/password')).toHaveLength(1)
})

test('declining changes nothing and is no error', async () => {
  wantsProof('password')
  await begin()
  await dialog()
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  expect(screen.queryByText('Fait')).not.toBeInTheDocument()
  expect(server.to('DELETE /api/v1/me/password')).toHaveLength(1)
})

test('another means than the first can be chosen: a code is sent to the address that is named', async () => {
  wantsProof('password', 'email_code')
  server.give({ 'POST /api/v1/session/proof/options': { kind: 'email_code', sent_to: 'ines@valorne.example' } })
  await begin()
  await userEvent.click(await screen.findByRole('button', { name: 'Code par courriel' }))
  await userEvent.click(await screen.findByRole('button', { name: 'M’envoyer un code' }))
  expect(await screen.findByText(/^Le code est parti à ines@valorne\.example/)).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Code reçu'), '123456{Enter}')
  expect(await screen.findByText('Fait')).toBeInTheDocument()
  expect(server.to('POST /api/v1/session/proof')[0]?.body).toEqual({ kind: 'email_code', code: '123456' })
})

test('with a second step on, its code is asked for', async () => {
  wantsProof('totp')
  await begin()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Code' }), '123456{Enter}')
  expect(await screen.findByText('Fait')).toBeInTheDocument()
  expect(server.to('POST /api/v1/session/proof')[0]?.body).toEqual({ kind: 'totp', code: '123456' })
})

test('who has the university alone goes there, and comes back to this page', async () => {
  const wentTo: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    wentTo.push(this.href)
  })
  wantsProof('university')
  const name = { fr: 'l’Université de Valorne', en: 'the University of Valorne' }
  server.give({
    'GET /api/v1/university-providers': { items: [{ key: 'valorne', name }], next: null },
    'POST /api/v1/session/proof/university': { authorization_url: 'https://idp.example/authorize?state=s1' },
  })
  await begin()
  await userEvent.click(await screen.findByRole('button', { name: 'Continuer avec l’Université de Valorne' }))
  await waitFor(() => expect(wentTo).toEqual(['https://idp.example/authorize?state=s1']))
  expect(JSON.parse(sessionStorage.getItem('parvis.university') ?? '')).toMatchObject({ wish: 'prove', next: '/' })
})

test('a device that gives no passkey leaves the dialog open and says what to do', async () => {
  wantsProof('passkey')
  server.give({ 'POST /api/v1/session/proof/options': { kind: 'passkey', public_key: {} } })
  vi.stubGlobal('PublicKeyCredential', undefined)
  await begin()
  await userEvent.click(await screen.findByRole('button', { name: 'Utiliser ma clé d’accès' }))
  expect(await screen.findByText('Ce navigateur ne connaît pas les clés d’accès.')).toBeInTheDocument()
})

test('asked from a dialog, the proof is alone on top, and Esc closes only itself', async () => {
  wantsProof('password')
  await begin(<Act confirmed />)
  await userEvent.click(await screen.findByRole('button', { name: 'Oui' }))
  await dialog()
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Sûr', hidden: true })).toHaveAttribute('inert'))
  await userEvent.keyboard('{Escape}')
  await waitFor(() =>
    expect(screen.queryByRole('dialog', { name: 'Confirmez que c’est bien vous' })).not.toBeInTheDocument(),
  )
  const below = screen.getByRole('dialog', { name: 'Sûr' })
  expect(below).not.toHaveAttribute('inert')
  expect(below).toHaveTextContent('Rien n’a été changé.')
})

test('without any means, the person learns how to go on', async () => {
  wantsProof()
  await begin()
  expect(await screen.findByText(/^Aucun moyen n’est disponible/)).toBeInTheDocument()
})
