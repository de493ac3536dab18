import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Moment } from '@/components/Moment'
import { PageTitle } from '@/components/PageTitle'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { publicNames } from '@/components/people/publics'
import { Slab, Slabs } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Acknowledged } from './Acknowledged'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { useRemind } from './mutations'
import { type Figures, type Report, reportQuery } from './queries'
import { Curve } from './ReadingCurve'

const percent = (part: number, of: number) => (of === 0 ? 0 : Math.round((100 * part) / of))

interface ReportProps {
  postId: string
  /** Where it is read, and where people are. */
  readAt: string
  personAt: (id: string) => string
}

/** How far an announcement was read, by public and over time; and by whom, where it asked for that. */
export function AnnouncementReport({ postId, readAt, personAt }: ReportProps) {
  const t = useText(texts)
  const report = useQuery(reportQuery(postId))
  return (
    <Loaded query={report} lines={6}>
      {(found) => (
        <Slabs>
          <Told report={found} postId={postId} readAt={readAt} t={t} />
          {found.announcement.asks && <Acknowledged postId={postId} personAt={personAt} />}
        </Slabs>
      )}
    </Loaded>
  )
}

type Texts = ReturnType<typeof useText<(typeof texts)['fr']>>

function Told({ report, postId, readAt, t }: { report: Report; postId: string; readAt: string; t: Texts }) {
  const { announcement, whole, groups, mailed } = report
  return (
    <Slab>
      <PageTitle>{t('report', { title: announcement.title })}</PageTitle>
      <p className={styles.lead}>
        <Moment at={announcement.sent_at} />
        <span>{t('reportLead')}</span>
        {mailed !== null && <span>{t('mailedTo', { count: mailed })}</span>}
        {announcement.asks && whole && <span>{t('acknowledged', { count: whole.acknowledged })}</span>}
        <Link to={readAt}>{t('readIt')}</Link>
      </p>
      <Reminding postId={postId} from={report.may_be_reminded_from} />
      {whole ? (
        <div className={styles.report}>
          <Table whole={whole} groups={groups} t={t} />
          <Curve report={report} />
        </div>
      ) : (
        <p>{t('tooFew')}</p>
      )}
    </Slab>
  )
}

function Reminding({ postId, from }: { postId: string; from: string }) {
  const t = useText(texts)
  const remind = useRemind(postId)
  if (new Date(from) > new Date() && !remind.isSuccess) {
    return (
      <p className={styles.lead}>
        {t('notYet')} <Moment at={from} />
      </p>
    )
  }
  return (
    <div className={styles.acts}>
      {!remind.isSuccess && (
        <Button look="secondary" size="small" busy={remind.isPending} onClick={() => remind.mutate()}>
          {t('remind')}
        </Button>
      )}
      <FormError>{remind.error && messageOf(remind.error)}</FormError>
      <Result>{remind.isSuccess && t('reminded')}</Result>
    </div>
  )
}

function Table({ whole, groups, t }: { whole: NonNullable<Report['whole']>; groups: readonly Figures[]; t: Texts }) {
  return (
    <table className={styles.table}>
      <caption>{t('table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('public')}</th>
          <th scope="col">{t('targeted')}</th>
          <th scope="col">{t('seen')}</th>
          <th scope="col">{t('read')}</th>
          <th scope="col" className={styles.bar}>
            <small>{t('barHint')}</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Row key={group.public ?? 'others'} figures={group} kind={group.public} t={t} />
        ))}
        <Row figures={whole} kind="whole" t={t} />
      </tbody>
    </table>
  )
}

interface RowProps {
  figures: Pick<Figures, 'told' | 'seen' | 'read'>
  kind: Figures['public'] | 'whole'
  t: Texts
}

function Row({ figures: { told, seen, read }, kind, t }: RowProps) {
  const names = useText(publicNames)
  const language = useLanguage()
  const isPublic = kind !== null && kind !== 'whole'
  return (
    <tr>
      <th scope="row">
        {isPublic && <PublicGlyph public={kind} />} {isPublic ? names(kind) : t(kind === 'whole' ? 'whole' : 'others')}
      </th>
      <td>{formatNumber(told, language)}</td>
      <td>{percent(seen, told)}&nbsp;%</td>
      <td>
        <b>{percent(read, told)}&nbsp;%</b>
      </td>
      <td className={styles.bar}>
        <span data-public={isPublic ? kind : undefined} aria-hidden="true">
          <i className={styles.seen} style={{ width: `${percent(seen, told)}%` }} />
          <i className={styles.read} style={{ width: `${percent(read, told)}%` }} />
        </span>
      </td>
    </tr>
  )
}
