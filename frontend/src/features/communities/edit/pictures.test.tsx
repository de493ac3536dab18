import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeCommunity, makeCommunityCard } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { network } from '@/testing/uploads'
import { Pictures } from './Pictures'

const COVER = '/api/v1/communities/*/pictures/cover'
const TILE = '/api/v1/communities/*/pictures/tile'
const server = serve({
  'GET /api/v1/session': makeSession(),
  [`PUT ${COVER}`]: makeCommunityCard(),
  [`DELETE ${TILE}`]: makeCommunityCard(),
})

test('a cover is sent and kept; a tile gives its place back to the paving', async () => {
  network(Response.json({ id: 'one', name: 'a.png', media_type: 'image/png', size: 3, sha256: '', url: '/' }))
  const community = makeCommunity({ pictures: { cover: null, tile: '/api/v1/files/2' } })
  const { container } = await renderWithProviders(<Pictures community={community} />)
  expect(container.querySelector('img')).toHaveAttribute('src', '/api/v1/files/2')
  expect(container.querySelector('svg[data-motif]')).toBeInTheDocument()
  await userEvent.upload(
    screen.getByLabelText('Choisir un bandeau', { selector: 'input' }),
    new File(['abc'], 'a.png', { type: 'image/png' }),
  )
  await waitFor(() => expect(server.to(`PUT ${COVER}`)[0]?.body).toEqual({ file_id: 'one' }))
  expect(await screen.findByText('Image enregistrée.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Retirer cette image/ }))
  await userEvent.click(dialog.getByRole('button', { name: 'Retirer' }))
  await waitFor(() => expect(server.to(`DELETE ${TILE}`)).toHaveLength(1))
})
