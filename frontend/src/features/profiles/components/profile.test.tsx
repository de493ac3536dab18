import { screen, within } from '@testing-library/react'
import { makeAffiliation, makeProfile } from '@/testing/makeProfile'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { linesOf } from '../path'
import { ProfileView } from './ProfileView'

serve({
  'GET /api/v1/interests': { items: [{ key: 'music', name: 'Chorale et musique' }] },
})

const step = {
  kind: 'work',
  title: 'Urbaniste',
  place: 'Montréal',
  since: '2019',
  until: null,
  text: 'Berges.',
} as const

const whole = makeProfile({
  pronouns: 'elle',
  headline: 'Urbaniste à Montréal',
  affiliations: [makeAffiliation({ kind: 'alum', public: 'alum', starts_on: '2014-07-01' })],
  path: [step],
  skills: ['QGIS'],
  biography: '<p>J’aime les rivières.</p>',
  languages: [{ code: 'es', level: 'B1' }],
  interests: ['music'],
  place: { city: 'Montréal', country: 'CA', time_zone: null },
  email: 'claire@perso.example',
  links: [{ label: '', url: 'https://www.clairevasseur.example/carnet' }],
})

test('all that somebody shows has its place', async () => {
  await renderWithProviders(<ProfileView profile={whole} own={false} />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Claire Vasseur elle')
  expect(screen.getByText('Alumni 2014, L3 Géographie')).toBeInTheDocument()
  expect(within(screen.getByRole('region', { name: 'Parcours' })).getByText('Urbaniste, Montréal')).toBeInTheDocument()
  expect(screen.getByRole('region', { name: 'Compétences' })).toHaveTextContent('QGIS')
  expect(screen.getByRole('region', { name: 'À propos' })).toHaveTextContent('J’aime les rivières.')
  expect(screen.getByRole('region', { name: 'Langues' })).toHaveTextContent('EspagnolIntermédiaire (B1)')
  expect(await screen.findByText('Chorale et musique')).toBeInTheDocument()
  const contact = within(screen.getByRole('region', { name: 'Contact' }))
  expect(contact.getByText('Montréal, Canada')).toBeInTheDocument()
  expect(contact.getByRole('link', { name: 'Écrire par courriel' })).toHaveAttribute(
    'href',
    'mailto:claire@perso.example',
  )
  const link = contact.getByRole('link', { name: 'clairevasseur.example' })
  expect(link).toHaveAttribute('rel', expect.stringContaining('ugc'))
  expect(contact.getByText(/Claire choisit/)).toBeInTheDocument()
})

test('what is not shown leaves no trace, and an empty profile says so', async () => {
  await renderWithProviders(<ProfileView profile={makeProfile({ public: null })} own={false} />)
  expect(screen.getByText('Claire n’a encore rien ajouté ici.')).toBeInTheDocument()
  for (const name of ['Parcours', 'Compétences', 'À propos', 'Langues']) {
    expect(screen.queryByRole('region', { name })).not.toBeInTheDocument()
  }
  expect(screen.queryByRole('link', { name: 'Écrire par courriel' })).not.toBeInTheDocument()
})

test('the path takes in what the university says, what goes on first', () => {
  const lines = linesOf(
    [
      { ...step, title: 'Chargée d’études', since: '2014-09', until: '2019' },
      { ...step, kind: 'volunteering', title: 'Secouriste', since: '2016', until: '2016' },
      step,
    ],
    [
      makeAffiliation({ starts_on: '2012-09-01', ends_on: '2014-07-01', current: false }),
      makeAffiliation({ kind: 'alum', public: 'alum', starts_on: '2014-07-01' }),
      makeAffiliation({ kind: 'member', public: null }),
    ],
  )
  expect(lines.map(({ title, since, until, official }) => [title.split(',')[0], since, until, official])).toEqual([
    ['Urbaniste', 2019, null, false],
    ['Secouriste', 2016, 2016, false],
    ['Chargée d’études', 2014, 2019, false],
    ['L3 Géographie', 2012, 2014, true],
  ])
  expect(lines.map((line) => line.public)).toEqual(['partner', null, 'partner', 'student'])
})
