import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { preferencesQuery } from '../queries'
import type { Preferences } from '../types'
import { usePreferences } from '../usePreferences'
import styles from './panels.module.css'

/** How one reads and writes: what others see of it, and which key sends. */
export function ChatChoices() {
  const preferences = useQuery(preferencesQuery)
  return <Loaded query={preferences}>{(kept) => <Choices kept={kept} />}</Loaded>
}

function Choices({ kept }: { kept: Preferences }) {
  const t = useText(texts)
  const { change, now, set } = usePreferences(kept)
  return (
    <Slab title={t('writing')}>
      <div className={styles.form}>
        <Checkbox
          label={t('enterSends')}
          hint={t('enterSendsHint')}
          checked={now.enter_sends}
          onChange={({ target }) => set({ enter_sends: target.checked })}
        />
        <Checkbox
          label={t('showsReading')}
          hint={t('showsReadingHint')}
          checked={now.shows_reading}
          onChange={({ target }) => set({ shows_reading: target.checked })}
        />
      </div>
      <FormError>{change.error && messageOf(change.error)}</FormError>
      <Result>{change.isSuccess && t('saved')}</Result>
    </Slab>
  )
}
