import { useReading } from '@/entities/notification/useReading'

/** While one reads what became of reports and messages, what one is told of it by community is read too. */
export function ReadOf({ communities }: { communities: readonly ({ id: string } | null)[] }) {
  const ids = new Set(communities.map((community) => community?.id ?? '').filter(Boolean))
  return [...ids].map((id) => <Reading key={id} of={id} />)
}

function Reading({ of }: { of: string }) {
  useReading(of, 'decisions', true)
  return null
}
