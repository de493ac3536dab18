import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { useChangeMe } from './mutations'
import { meQuery } from './queries'

/** Whether those who look at the same page are told that one does; it takes effect at once. */
export function PresenceChoice() {
  const t = useText(texts)
  const me = useQuery(meQuery)
  const changing = useChangeMe()
  return (
    <Slab title={t('presence')}>
      <FormError>{changing.error && messageOf(changing.error)}</FormError>
      <Loaded query={me}>
        {({ data, version }) => (
          <Checkbox
            label={t('showsPresence')}
            hint={t('showsPresenceHint')}
            checked={changing.isPending ? Boolean(changing.variables.change.shows_presence) : data.shows_presence}
            onChange={(event) => changing.mutate({ change: { shows_presence: event.target.checked }, version })}
          />
        )}
      </Loaded>
      <Result>{changing.isSuccess && t('presenceSaved')}</Result>
    </Slab>
  )
}
