import { isLate, today } from './tasks'

const task = { key: 'a1', text: 'Bottes', due: null, document_id: 'd1', page_name: 'Protocole', community: null }

test('a day is this day until it is over', () => {
  const noon = new Date(2026, 10, 26, 12)
  expect(today(noon)).toBe('2026-11-26')
  expect(isLate({ ...task, due: '2026-11-26' }, noon)).toBe(false)
  expect(isLate({ ...task, due: '2026-11-25' }, noon)).toBe(true)
  expect(isLate(task, noon)).toBe(false)
})
