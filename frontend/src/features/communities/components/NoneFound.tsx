import type { ReactNode } from 'react'
import { Button } from '@/components/buttons/Button'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type CommunitySearch, chosenCount, unfiltered } from '../search'

interface NoneFoundProps {
  search: CommunitySearch
  onSearch: (search: CommunitySearch) => void
  create: ReactNode
}

/** Why the list is empty, and what to do about it. */
export function NoneFound({ search, onSearch, create }: NoneFoundProps) {
  const t = useText(texts)
  if (search.q || chosenCount(search) > 0) {
    return (
      <Slab>
        <EmptyState
          title={t('noneTitle')}
          action={
            chosenCount(search) > 0 && (
              <Button look="secondary" onClick={() => onSearch(unfiltered(search))}>
                {t('clear')}
              </Button>
            )
          }
        >
          {t('noneText')}
        </EmptyState>
      </Slab>
    )
  }
  if (search.list === 'archived') {
    return (
      <Slab>
        <EmptyState title={t('noneArchivedTitle')}>{t('noneArchivedText')}</EmptyState>
      </Slab>
    )
  }
  if (!create || search.list === 'mine') {
    return (
      <Slab>
        <EmptyState
          title={t('noneMineTitle')}
          action={
            create && (
              <Button look="secondary" onClick={() => onSearch({ ...search, list: undefined })}>
                {t('seeAll')}
              </Button>
            )
          }
        >
          {t(create ? 'noneMineText' : 'noneGuestText')}
        </EmptyState>
      </Slab>
    )
  }
  return (
    <Slab>
      <EmptyState title={t('noneAtAllTitle')} action={create}>
        {t('noneAtAllText')}
      </EmptyState>
    </Slab>
  )
}
