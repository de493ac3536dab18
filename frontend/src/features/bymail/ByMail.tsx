import { useMutation, useQuery } from '@tanstack/react-query'
import { isProblem, messageOf } from '@/api/problem'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { EntranceTitle } from '@/components/EntranceTitle'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { Result } from '@/components/states/Result'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { useLinkToken } from '@/lib/linkToken'
import { Answer } from './Answer'
import styles from './bymail.module.css'
import { answerLink, isBallot, partsOf, previewLink } from './links'
import { Subject } from './Subject'
import { texts } from './texts'

/** What a link of a mail opens: it says what it is about, and does it when a person presses. */
export function ByMail({ signInAddress }: { signInAddress: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const { token, choice } = partsOf(useLinkToken())
  const preview = useQuery({
    queryKey: ['mail-link', token],
    queryFn: () => previewLink(token),
    enabled: token !== '',
    retry: false,
  })
  const answering = useMutation({ mutationFn: (choices: string[]) => answerLink(token, choices) })
  const link = answering.data ?? preview.data
  const leadsNowhere = token === '' || [preview.error, answering.error].some(endsIt)
  useFocusOnStep(leadsNowhere)
  if (leadsNowhere) return <LeadsNowhere wasLeft={token === ''} signInAddress={signInAddress} />
  if (preview.error) {
    return (
      <ErrorState heading="h1" onRetry={() => preview.refetch()}>
        {messageOf(preview.error)}
      </ErrorState>
    )
  }
  if (!link) return <LoadingSlab />
  const isChosen = link.choices.some(({ chosen }) => chosen)
  const said = answering.isSuccess && isBallot(link) && t(isChosen ? 'saved' : 'takenBack')
  return (
    <>
      <EntranceTitle lead={t.rich('as', { name: <b>{link.name}</b> })}>{t(`${link.deed}Title`)}</EntranceTitle>
      <Subject link={link} />
      <Answer
        key={answering.submittedAt}
        link={link}
        proposed={answering.isSuccess ? undefined : choice}
        busy={answering.isPending}
        error={answering.error}
        onAnswer={answering.mutate}
      />
      <div className={styles.said}>
        <Result>{said}</Result>
      </div>
      <div className={styles.aside}>
        <p>{t('noSession', { at: formatMomentWithin(link.expires_at, language) })}</p>
        <p>
          <a href={link.path}>{t('read')}</a>
        </p>
      </div>
    </>
  )
}

interface LeadsNowhereProps {
  /** The page was loaded again, and its address no longer holds the link. */
  wasLeft: boolean
  signInAddress: string
}

/** The same for a link that never was, one that is over, and one about what its member may not see any more. */
function LeadsNowhere({ wasLeft, signInAddress }: LeadsNowhereProps) {
  const t = useText(texts)
  return (
    <>
      <EntranceTitle lead={t(wasLeft ? 'againText' : 'goneText')}>
        {t(wasLeft ? 'againTitle' : 'goneTitle')}
      </EntranceTitle>
      <ButtonLink to={signInAddress} size="large" wide>
        {t('toSignIn')}
      </ButtonLink>
    </>
  )
}

const endsIt = (error: unknown) => isProblem(error, 'gone') || isProblem(error, 'invalid')
