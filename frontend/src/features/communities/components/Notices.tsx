import { IconArchive, IconFileCheck, IconMailOpened } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAcceptCharter } from '../mutations'
import type { Community } from '../queries'
import { CharterDialog } from './CharterDialog'
import styles from './community.module.css'

/** What keeps one from taking part, over all parts of a community. */
export function Notices({ community }: { community: Community }) {
  const t = useText(texts)
  return (
    <>
      {community.archived && (
        <p className={styles.notice}>
          <Icon as={IconArchive} />
          <span>{t('archivedNote')}</span>
        </p>
      )}
      {community.invited && (
        <p className={styles.notice} data-light>
          <Icon as={IconMailOpened} />
          <span>{t('invitedNote')}</span>
        </p>
      )}
      {community.abilities.includes('accept_charter') && <CharterChanged community={community} />}
    </>
  )
}

function CharterChanged({ community }: { community: Community }) {
  const t = useText(texts)
  const [reading, setReading] = useState(false)
  const accept = useAcceptCharter(community.id)
  return (
    <div className={styles.notice} data-light>
      <Icon as={IconFileCheck} />
      <span>{t('charterChanged')}</span>
      <Button look="secondary" size="small" onClick={() => setReading(true)}>
        {t('read')}
      </Button>
      <CharterDialog
        open={reading}
        onClose={() => setReading(false)}
        community={community}
        lead={t('charterChangedLead')}
        confirm={t('accept')}
        onAccept={(version) => accept.mutateAsync(version)}
      />
    </div>
  )
}
