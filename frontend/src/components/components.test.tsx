import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { currentLanguage } from '@/lib/language'
import { renderWithProviders } from '@/testing/render'
import { Chip } from './Chip'
import { EntranceTitle, Or, Steps } from './EntranceTitle'
import { LanguageSwitch } from './LanguageSwitch'
import { Logo } from './Logo'
import { Moment } from './Moment'
import { PageTitle } from './PageTitle'
import { CONTENT, SkipLink } from './SkipLink'
import { Slab, Slabs } from './Slab'
import { Pills, Tabs } from './Tabs'
import { ThemeSwitch, ThemeToggle } from './ThemeSwitch'

test('the skip link is the first stop and leads to the content', async () => {
  await renderWithProviders(
    <>
      <SkipLink />
      <a href="/elsewhere">Ailleurs</a>
      <main id={CONTENT} tabIndex={-1} />
    </>,
  )
  await userEvent.tab()
  expect(screen.getByRole('link', { name: 'Aller au contenu' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('main')).toHaveFocus()
})

test('the language switch says which language is on and changes everything', async () => {
  await renderWithProviders(
    <>
      <LanguageSwitch />
      <SkipLink />
    </>,
  )
  expect(screen.getByRole('button', { name: 'Français' })).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(screen.getByRole('button', { name: 'English' }))
  expect(currentLanguage()).toBe('en')
  expect(screen.getByRole('link', { name: 'Skip to content' })).toBeInTheDocument()
  expect(screen.getByRole('group', { name: 'Language' })).toBeInTheDocument()
})

test('the theme is toggled by one button and chosen among three', async () => {
  await renderWithProviders(
    <>
      <ThemeToggle />
      <ThemeSwitch />
    </>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Passer au thème sombre' }))
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(screen.getByRole('radio', { name: 'Sombre' })).toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: 'Comme l’appareil' }))
  expect(document.documentElement.dataset.theme).toBe('light')
})

test('a page has one h1, and the window is named with a dash', async () => {
  await renderWithProviders(<PageTitle lead="Votre compte">Réglages</PageTitle>)
  expect(screen.getByRole('heading', { level: 1, name: 'Réglages' })).toBeInTheDocument()
  expect(document.title).toBe('Réglages – Parvis')
})

test('a slab with a title is a named region', async () => {
  await renderWithProviders(<Slab title="Sécurité">…</Slab>)
  expect(screen.getByRole('region', { name: 'Sécurité' })).toContainElement(screen.getByRole('heading', { level: 2 }))
})

test('tabs tell where one is; pills tell which is pressed', async () => {
  const choose = vi.fn()
  await renderWithProviders(
    <>
      <Tabs
        label="Réglages"
        tabs={[
          { label: 'Compte', to: '/account' },
          { label: 'Sessions', to: '/sessions', count: 1284 },
        ]}
      />
      <Pills
        label="Filtre"
        options={[
          { value: 'all', label: 'Tout' },
          { value: 'mine', label: 'Le mien' },
        ]}
        value="all"
        onChange={choose}
      />
    </>,
    { at: '/account' },
  )
  expect(screen.getByRole('link', { current: 'page' })).toHaveTextContent('Compte')
  expect(screen.getByRole('button', { pressed: true })).toHaveTextContent('Tout')
  await userEvent.click(screen.getByRole('button', { name: 'Le mien' }))
  expect(choose).toHaveBeenCalledWith('mine')
})

test('a moment carries its machine date', async () => {
  const { container } = await renderWithProviders(<Moment at="2020-12-03T08:10:00Z" />)
  expect(container.querySelector('time')).toHaveAttribute('datetime', '2020-12-03T08:10:00.000Z')
  expect(container).toHaveTextContent('3 décembre 2020')
})

test('an entrance page has its title and its step in words', async () => {
  const { container } = await renderWithProviders(
    <>
      <Steps now={2} of={3}>
        Étape 2 sur 3
      </Steps>
      <EntranceTitle window="Connexion" lead="Le réseau de Valorne.">
        Bienvenue sur Parvis
      </EntranceTitle>
      <Or>Autres façons</Or>
    </>,
  )
  expect(screen.getByRole('heading', { level: 1, name: 'Bienvenue sur Parvis' })).toBeInTheDocument()
  expect(document.title).toBe('Connexion – Parvis')
  expect(screen.getByText('Étape 2 sur 3')).toBeInTheDocument()
  expect(container.querySelectorAll('[data-done]')).toHaveLength(2)
})

test('a host’s own mark takes the place of ours, and stays decorative', async () => {
  const { container, rerender } = await renderWithProviders(<Logo />)
  expect(container.querySelector('svg')).toHaveAttribute('aria-hidden', 'true')
  rerender(<Logo source="/api/v1/files/logo" />)
  expect(container.querySelector('img')).toHaveAttribute('src', '/api/v1/files/logo')
  expect(container.querySelector('img')).toHaveAttribute('alt', '')
})

test('a state is always words, whatever its colour', async () => {
  await renderWithProviders(
    <Slabs>
      <Slab>
        <Chip look="danger">Suspendu</Chip>
      </Slab>
      <Slab>
        <Chip>Membre</Chip>
      </Slab>
    </Slabs>,
  )
  expect(screen.getByText('Suspendu')).toHaveAttribute('data-look', 'danger')
  expect(screen.getByText('Membre')).toHaveAttribute('data-look', 'plain')
})
