import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useJoin } from '../mutations'
import type { Community } from '../queries'
import { CharterDialog } from './CharterDialog'

/** Goes in at once, or once the charter is read and accepted. */
export function Joining({ community }: { community: Community }) {
  const t = useText(texts)
  const [reading, setReading] = useState(false)
  const join = useJoin(community.id)
  const hasCharter = community.charter_version > 0
  return (
    <>
      <Button
        icon={IconUserPlus}
        busy={join.isPending && !hasCharter}
        onClick={() => (hasCharter ? setReading(true) : join.mutate(0))}
      >
        {t('join')}
      </Button>
      {!hasCharter && <FormError>{join.error && messageOf(join.error)}</FormError>}
      <CharterDialog
        open={reading}
        onClose={() => setReading(false)}
        community={community}
        lead={t('charterLead')}
        confirm={t('joinAccept')}
        onAccept={(version) => join.mutateAsync(version)}
      />
    </>
  )
}
