import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { ComboField } from '@/components/forms/ComboField'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import { placesQuery } from '../queries'
import type { Place, Writing } from '../writing'
import styles from './composer.module.css'

const MOST = 10

interface PlacesFieldProps {
  here: Place
  writing: Writing
  set: (more: Partial<Writing>) => void
  error: string | undefined
}

/** In which communities it is said, of those where one may, and whether they talk of it together. */
export function PlacesField({ here, writing, set, error }: PlacesFieldProps) {
  const t = useText(texts)
  const { others, discussion } = writing
  const [words, setWords] = useState('')
  const found = useQuery(placesQuery(words))
  const known = new Set([here.id, ...others.map(({ id }) => id)])
  return (
    <>
      <ul className={styles.places} aria-label={t('places')}>
        <li>
          <CommunityTile of={here.id} size={24} />
          {here.name}
        </li>
        {others.map(({ id, name }) => (
          <li key={id}>
            <CommunityTile of={id} size={24} />
            {name}
            <IconButton
              icon={IconX}
              label={t('removePlace', { name })}
              onClick={() => set({ others: others.filter((one) => one.id !== id) })}
            />
          </li>
        ))}
      </ul>
      {others.length < MOST - 1 && (
        <ComboField
          label={t('addPlace')}
          optional
          value={null}
          error={error}
          busy={found.isFetching}
          choices={(found.data ?? []).filter(({ id }) => !known.has(id))}
          onWrite={setWords}
          onChange={(place) => place && set({ others: [...others, place] })}
        />
      )}
      {others.length > 0 && (
        <ChoiceGroup
          legend={t('discussion')}
          options={[
            { value: 'shared', label: t('shared'), hint: t('sharedHint') },
            { value: 'each', label: t('each'), hint: t('eachHint') },
          ]}
          value={discussion}
          onChange={(value) => set({ discussion: value })}
        />
      )}
    </>
  )
}
