import { IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Icon } from '@/components/Icon'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import type { Unit } from '@/entities/structure/queries'
import { useText } from '@/lib/i18n'
import { AddUnit } from './AddUnit'
import { texts, unitKindNames } from './i18n'
import { unitsInQuery } from './queries'
import styles from './structure.module.css'

type AddressOf = (id: string) => string

/** All units, each opening on those that it contains: nested lists, read branch by branch. */
export function UnitTree({ addressOf }: { addressOf: AddressOf }) {
  const t = useText(texts)
  return (
    <Slab title={t('units')}>
      <Branches
        parentId={null}
        addressOf={addressOf}
        empty={<EmptyState title={t('noUnits')}>{t('noUnitsText')}</EmptyState>}
      />
      <AddUnit parent={null} />
    </Slab>
  )
}

interface BranchesProps {
  parentId: string | null
  addressOf: AddressOf
  empty?: React.ReactNode
  id?: string
}

export function Branches({ parentId, addressOf, empty, id }: BranchesProps) {
  const units = useInfiniteQuery(unitsInQuery(parentId))
  return (
    <Loaded query={units} lines={parentId === null ? 6 : 1}>
      {(found) =>
        found.length === 0 ? (
          empty
        ) : (
          <>
            <ul id={id} className={parentId === null ? styles.tree : undefined}>
              {found.map((unit) => (
                <Branch key={unit.id} unit={unit} addressOf={addressOf} />
              ))}
            </ul>
            <LoadMore
              more={units.hasNextPage}
              busy={units.isFetchingNextPage}
              error={units.error && messageOf(units.error)}
              onMore={() => void units.fetchNextPage()}
            />
          </>
        )
      }
    </Loaded>
  )
}

function Branch({ unit, addressOf }: { unit: Unit; addressOf: AddressOf }) {
  const t = useText(texts)
  const tk = useText(unitKindNames)
  const [open, setOpen] = useState(false)
  const within = useId()
  return (
    <li>
      <div className={styles.branch}>
        {unit.inside > 0 ? (
          <button
            type="button"
            className={styles.opener}
            aria-expanded={open}
            aria-controls={open ? within : undefined}
            aria-label={t('openUnit', { name: unit.name })}
            onClick={() => setOpen(!open)}
          >
            <Icon as={IconChevronRight} size={18} />
          </button>
        ) : (
          <span className={styles.leaf} />
        )}
        <Link to={addressOf(unit.id)}>{unit.name}</Link>
        <span>{tk(unit.kind)}</span>
      </div>
      {open && <Branches id={within} parentId={unit.id} addressOf={addressOf} />}
    </li>
  )
}
