import { createPreference } from './preference'

test('what was kept is found again, and nonsense is not', () => {
  localStorage.setItem('test.density', 'compact')
  expect(createPreference('test.density', ['wide', 'compact'], () => 'wide').get()).toBe('compact')
  localStorage.setItem('test.density', 'enormous')
  expect(createPreference('test.density', ['wide', 'compact'], () => 'wide').get()).toBe('wide')
})

test('a browser that refuses storage keeps the choice until the tab closes', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse)
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse)
  const density = createPreference('test.density', ['wide', 'compact'], () => 'wide')
  const told = vi.fn()
  density.subscribe(told)
  density.set('compact')
  density.set('compact')
  expect(density.get()).toBe('compact')
  expect(told).toHaveBeenCalledOnce()
})
