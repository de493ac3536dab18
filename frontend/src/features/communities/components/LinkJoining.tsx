import { useQuery } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { PageTitle } from '@/components/PageTitle'
import { Prose } from '@/components/Prose'
import { Slab } from '@/components/Slab'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useFollowLink } from '../mutations'
import { linkQuery } from '../queries'
import styles from './community.module.css'

interface LinkJoiningProps {
  /** The secret of the link; empty when there is none. */
  token: string
  onJoined: (id: string) => Promise<void>
}

/** Where a link leads, its charter if it has one, and the way in. */
export function LinkJoining({ token, onJoined }: LinkJoiningProps) {
  const t = useText(texts)
  const preview = useQuery(linkQuery(token))
  const follow = useFollowLink(onJoined)
  if (token === '') return <ErrorState heading="h1">{t('linkMissing')}</ErrorState>
  if (preview.error) return <ErrorState heading="h1">{messageOf(preview.error)}</ErrorState>
  if (!preview.data) return <LoadingSlab />
  const { name, summary, charter_html: charter, charter_version: version, language } = preview.data
  return (
    <>
      <PageTitle lead={summary || t('linkLead')}>{t('linkTitle', { name })}</PageTitle>
      <Slab title={version > 0 ? t('charter') : undefined}>
        {version > 0 && <Prose html={charter} lang={language} />}
        <FormError>{follow.error && messageOf(follow.error)}</FormError>
        <p className={styles.buttons}>
          <Button busy={follow.isPending} onClick={() => follow.mutate({ token, charter_version: version })}>
            {version > 0 ? t('joinAccept') : t('join')}
          </Button>
        </p>
      </Slab>
    </>
  )
}
