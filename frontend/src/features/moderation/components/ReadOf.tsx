import { useReading } from '@/entities/notification/useReading'
import { useMember } from '@/entities/session/queries'

interface Said {
  community: { id: string } | null
  square: boolean
  private: boolean
}

/** While one reads what became of reports and messages, what one is told of it by community, of the square or of
 * what some say to each other is read too. */
export function ReadOf({ said }: { said: readonly Said[] }) {
  const me = useMember().id
  const ids = new Set(
    said.map(({ community, square, private: apart }) => (square || apart ? me : (community?.id ?? ''))).filter(Boolean),
  )
  return [...ids].map((id) => <Reading key={id} of={id} />)
}

function Reading({ of }: { of: string }) {
  useReading(of, 'decisions', true)
  return null
}
