import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { Slab, Slabs } from '@/components/Slab'
import { useMember } from '@/entities/session/queries'
import { Affiliations } from './Affiliations'
import { AsOf } from './AsOf'
import { Identity } from './Identity'
import { PersonAddresses } from './PersonAddresses'
import { PersonCard } from './PersonCard'
import { personQuery } from './queries'
import { Recovery } from './Recovery'
import { Roles } from './Roles'
import { Suspension } from './Suspension'

interface PersonViewProps {
  id: string
  /** A link to what the audit log says of this person, for who may read it. */
  history: ReactNode
}

/** All that the administration sees of somebody, and may do. */
export function PersonView({ id, history }: PersonViewProps) {
  const person = useQuery(personQuery(id))
  const own = useMember().id === id
  return (
    <Loaded query={person} lines={8}>
      {({ data, version }) => (
        <>
          <PersonCard person={data} />
          <Slabs>
            <Affiliations person={data} version={version} />
            <AsOf id={id} />
            <PersonAddresses addresses={data.addresses} />
            <Identity person={data} version={version} />
            <Roles person={data} />
            {data.abilities.includes('change') && !own && <Recovery person={data} />}
            <Suspension person={data} own={own} />
            {history && <Slab>{history}</Slab>}
          </Slabs>
        </>
      )}
    </Loaded>
  )
}
