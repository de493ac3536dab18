import { render, screen } from '@testing-library/react'
import { LoadMore } from './LoadMore'
import { Prose } from './Prose'

const TABLE = '<h2>Durées</h2><table><tr><td>Comptes</td></tr></table>'

test('a text says its language, and shows what the server rendered', () => {
  const { container } = render(<Prose html={TABLE} lang="en" />)
  expect(screen.getByRole('heading', { level: 2, name: 'Durées' })).toBeInTheDocument()
  expect(container.firstElementChild).toHaveAttribute('lang', 'en')
})

test('only a table that scrolls is a stop of the keyboard', () => {
  render(<Prose html={TABLE} />)
  const table = screen.getByRole('table')
  expect(table).not.toHaveAttribute('tabindex')
  Object.defineProperty(table, 'scrollWidth', { value: 500, configurable: true })
  window.dispatchEvent(new Event('resize'))
  expect(table).toHaveAttribute('tabindex', '0')
  Object.defineProperty(table, 'scrollWidth', { value: 0 })
  window.dispatchEvent(new Event('resize'))
  expect(table).not.toHaveAttribute('tabindex')
})

test('a list that is over offers nothing more; one that failed says why and can go on', () => {
  const { rerender, container } = render(<LoadMore more={false} busy={false} onMore={() => {}} />)
  expect(container).toBeEmptyDOMElement()
  rerender(<LoadMore more busy={false} error="Le serveur n’est pas joignable." onMore={() => {}} />)
  expect(screen.getByRole('alert')).toHaveTextContent('Le serveur n’est pas joignable.')
  expect(screen.getByRole('button', { name: 'Afficher la suite' })).toBeInTheDocument()
})
