import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slabs } from '@/components/Slab'
import { Concerns } from './Concerns'
import { Kept } from './Kept'
import { Processes } from './Processes'
import { healthQuery } from './queries'
import { Requests } from './Requests'
import { Sendings, Work } from './Work'

/** How the service is, at a glance: what is wrong first, then every figure with what it is of. */
export function ServiceHealth() {
  return (
    <Loaded query={useQuery(healthQuery)} lines={8}>
      {(health) => (
        <Slabs>
          <Concerns concerns={health.concerns} />
          <Processes processes={health.processes} version={health.version} />
          <Requests requests={health.requests} />
          <Work work={health.work} listeners={health.listeners} />
          <Sendings mails={health.mails} pushes={health.pushes} />
          <Kept health={health} />
        </Slabs>
      )}
    </Loaded>
  )
}
