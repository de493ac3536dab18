import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makePage, withVersion } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { PageEditor } from './PageEditor'
import { PageList } from './PageList'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation/pages/*': withVersion(makePage(), '"2"'),
})
const show = async () => {
  await renderWithProviders(
    <PageEditor slug="legal" language="fr" onLanguage={() => {}} toPage={(words) => <a href="/l">{words}</a>} />,
  )
  return screen.findByRole('textbox', { name: 'Texte de la page' })
}

test('each page in each language says who wrote it and what it lacks', async () => {
  server.give({
    'GET /api/v1/organisation/pages': [
      makePage(),
      makePage({ language: 'en', is_default: true, updated_at: null, placeholders: ['address', 'phone'] }),
    ],
  })
  await renderWithProviders(<PageList addressOf={(slug) => `/edit/${slug}`} />)
  expect(await screen.findByText('Écrite le 1er mars 2025')).toBeInTheDocument()
  expect(screen.getByText('Complète')).toBeInTheDocument()
  expect(screen.getByText('Texte de départ')).toBeInTheDocument()
  expect(screen.getByText('2 mentions à compléter')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: /^Modifier «\sMentions légales\s» en anglais$/ })).toHaveAttribute(
    'href',
    '/edit/legal?language=en',
  )
})

test('a text is saved with the version it was read at', async () => {
  server.give({ 'PUT /api/v1/organisation/pages/*': withVersion(makePage({ body: '# Éditeur !' }), '"3"') })
  const body = await show()
  await userEvent.type(body, ' !')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Enregistré.')).toBeInTheDocument()
  const [sent] = server.to('PUT /api/v1/organisation/pages/*')
  expect([sent?.headers.get('if-match'), sent?.body, sent?.search.get('language')]).toEqual([
    '"2"',
    { body: '# Éditeur !' },
    'fr',
  ])
})

test('when somebody else saved first, nothing typed is lost and theirs can be read', async () => {
  const body = await show()
  await userEvent.type(body, ' du site')
  server.give({
    'PUT /api/v1/organisation/pages/*': problem(412, 'precondition_failed', 'Cela a changé.'),
    'GET /api/v1/organisation/pages/*': withVersion(makePage({ body: '# Autre texte' }), '"3"'),
  })
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Le texte enregistré entre-temps')).toBeInTheDocument()
  expect(screen.getByText('# Autre texte')).toBeInTheDocument()
  expect(body).toHaveValue('# Éditeur du site')
  server.give({ 'PUT /api/v1/organisation/pages/*': withVersion(makePage({ body: '# Éditeur du site' }), '"4"') })
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer quand même' }))
  await waitFor(() => expect(server.to('PUT /api/v1/organisation/pages/*')).toHaveLength(2))
  expect(server.to('PUT /api/v1/organisation/pages/*')[1]?.headers.get('if-match')).toBe('"3"')
})

test('the preview is the server’s, and says what is missing', async () => {
  server.give({
    'POST /api/v1/organisation/pages/previews': { html: '<h2>Éditeur</h2><p>Bonjour</p>', placeholders: ['adresse'] },
  })
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Aperçu' }))
  expect(await screen.findByRole('heading', { level: 2, name: 'Éditeur' })).toBeInTheDocument()
  expect(screen.getByText('adresse')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Écrire' }))
  expect(screen.getByRole('textbox', { name: 'Texte de la page' })).toHaveValue('# Éditeur')
})
