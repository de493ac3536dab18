import { render, screen } from '@testing-library/react'
import { setLanguage } from '@/lib/language'
import { Affiliation } from './Affiliation'
import { AudienceChip } from './AudienceChip'
import { MixBar } from './MixBar'
import { PersonAvatar } from './PersonAvatar'
import { PublicsLegend } from './PublicsLegend'

const shapeOf = (element: Element) => element.querySelector('svg')?.firstElementChild?.tagName

test('a public is said by shape and by word', () => {
  render(<AudienceChip public="student" />)
  const chip = screen.getByText('Étudiants')
  expect(shapeOf(chip)).toBe('circle')
})

test('shapes differ between publics', () => {
  const { container } = render(<PublicsLegend />)
  const shapes = [...container.querySelectorAll('svg')].map((glyph) => glyph.innerHTML)
  expect(new Set(shapes).size).toBe(4)
})

test('an affiliation without a public is words alone', () => {
  const { container } = render(<Affiliation public={null}>Invitée du laboratoire</Affiliation>)
  expect(container).toHaveTextContent('Invitée du laboratoire')
  expect(container.querySelector('svg')).toBeNull()
})

test('an avatar keeps its pastel, shows initials, and stays silent', () => {
  const { container, rerender } = render(<PersonAvatar id="0193" name="Inès Benali" public="student" />)
  const avatar = container.firstElementChild
  const pastel = avatar?.getAttribute('data-pastel')
  expect(avatar).toHaveTextContent('IB')
  expect(avatar).toHaveAttribute('aria-hidden', 'true')
  rerender(<PersonAvatar id="0193" name="Inès Vasseur" public="alum" />)
  expect(container.firstElementChild).toHaveAttribute('data-pastel', pastel)
  expect(container.firstElementChild).toHaveAttribute('data-public', 'alum')
})

test('the mix bar is readable without seeing it, and leaves out absent publics', () => {
  const { container } = render(<MixBar counts={{ student: 438, alum: 1, partner: 0 }} />)
  expect(screen.getByText('438 étudiants')).toBeInTheDocument()
  expect(screen.getByText('1 alumni')).toBeInTheDocument()
  expect(container.querySelectorAll('i')).toHaveLength(2)
  expect(container).not.toHaveTextContent('entreprise')
})

test('the legend tells counts only when there are some', () => {
  setLanguage('en')
  const { rerender } = render(<PublicsLegend />)
  expect(screen.getByText('Students').textContent).toBe('Students')
  rerender(<PublicsLegend counts={{ student: 9412 }} />)
  expect(screen.getByText('9,412')).toBeInTheDocument()
})

test('a photo takes the shape of the public, and a guest has none of the four', () => {
  const { container } = render(
    <PersonAvatar id="0193" name="Inès Benali" public={null} photo="/photo" presence="away" />,
  )
  expect(container.firstElementChild).toHaveAttribute('data-public', 'guest')
  expect(container.querySelector('img')).toHaveAttribute('src', '/photo')
  expect(container.querySelector('i')).toHaveAttribute('data-presence', 'away')
})
