import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox } from '@/components/forms/Checkbox'
import { ComboField } from '@/components/forms/ComboField'
import { TextField } from '@/components/forms/TextField'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { publicNames, publics } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import { pageTexts } from '../page.texts'
import { authorNameQuery, authorsQuery, placeQuery, placesQuery } from '../queries'
import type { GlobalSearch } from '../search'
import styles from './view.module.css'

interface FiltersProps {
  search: GlobalSearch
  onSearch: (search: GlobalSearch) => void
  mayReadDirectory: boolean
}

/** What results can be narrowed by: where, by whom, of which public, when. */
export function Filters({ search, onSearch, mayReadDirectory }: FiltersProps) {
  const t = useText(pageTexts)
  const names = useText(publicNames)
  return (
    <div className={styles.groups}>
      <PlaceField search={search} onSearch={onSearch} />
      {mayReadDirectory && <AuthorField search={search} onSearch={onSearch} />}
      <fieldset className={styles.group}>
        <legend>{t('public')}</legend>
        {publics.map((one) => (
          <Checkbox
            key={one}
            label={
              <span className={styles.public}>
                <PublicGlyph public={one} />
                {names(one)}
              </span>
            }
            checked={search.public === one}
            onChange={({ target }) => onSearch({ ...search, public: target.checked ? one : undefined })}
          />
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('dates')}</legend>
        <TextField
          label={t('since')}
          type="date"
          value={search.since ?? ''}
          max={search.until}
          onChange={({ target }) => onSearch({ ...search, since: target.value || undefined })}
        />
        <TextField
          label={t('until')}
          type="date"
          value={search.until ?? ''}
          min={search.since}
          onChange={({ target }) => onSearch({ ...search, until: target.value || undefined })}
        />
      </fieldset>
    </div>
  )
}

type FieldProps = Pick<FiltersProps, 'search' | 'onSearch'>

function PlaceField({ search, onSearch }: FieldProps) {
  const t = useText(pageTexts)
  const { place } = search
  const [words, setWords] = useState('')
  const found = useQuery(placesQuery(words))
  const where = useQuery({ ...placeQuery(place ?? ''), enabled: place !== undefined }).data
  return (
    <ComboField
      label={t('place')}
      unchosen={t('anyPlace')}
      value={place && where?.kind === 'community' ? { id: place, name: where.name } : null}
      choices={found.data ?? []}
      busy={found.isFetching}
      onWrite={setWords}
      onChange={(choice) => onSearch({ ...search, place: choice?.id })}
    />
  )
}

function AuthorField({ search, onSearch }: FieldProps) {
  const t = useText(pageTexts)
  const { author } = search
  const [words, setWords] = useState('')
  const found = useQuery({ ...authorsQuery(words), enabled: words !== '' })
  const name = useQuery({ ...authorNameQuery(author ?? ''), enabled: author !== undefined }).data
  return (
    <ComboField
      label={t('author')}
      unchosen={t('anyAuthor')}
      value={author && name ? { id: author, name } : null}
      choices={words === '' ? [] : (found.data ?? [])}
      busy={found.isFetching || words === ''}
      onWrite={setWords}
      onChange={(choice) => onSearch({ ...search, author: choice?.id })}
    />
  )
}
