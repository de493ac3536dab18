import type { Public } from '@/components/people/publics'
import type { ShownAffiliation, Step } from './queries'

/** One line of a path: what the member wrote, or what the university says. */
export interface Line {
  key: string
  /** The shape beside it: studies are a student's, work is a company's; what is neither has none. */
  public: Public | null
  title: string
  text: string
  since: number
  until: number | null
  /** Said by the university, not by the member. */
  official: boolean
}

const publicOf: Record<Step['kind'], Public | null> = {
  study: 'student',
  work: 'partner',
  volunteering: null,
  other: null,
}

/** What goes on first, then the latest. To be an alum, or a member, is no step by itself. */
export function linesOf(path: readonly Step[], affiliations: readonly ShownAffiliation[]): Line[] {
  const written = path.map((step, index) => lineOfStep(step, `step-${index}`))
  const said = affiliations
    .filter(({ kind, public: of }) => of !== null && kind !== 'alum')
    .map((affiliation, index) => lineOfAffiliation(affiliation, `affiliation-${index}`))
  return [...written, ...said].sort((one, other) => order(other) - order(one))
}

function lineOfStep(step: Step, key: string): Line {
  return {
    key,
    public: publicOf[step.kind],
    title: [step.title, step.place].filter(Boolean).join(', '),
    text: step.text,
    since: yearOf(step.since),
    until: step.until === null ? null : yearOf(step.until),
    official: false,
  }
}

function lineOfAffiliation(affiliation: ShownAffiliation, key: string): Line {
  const { title, programme, unit, starts_on, ends_on, current } = affiliation
  return {
    key,
    public: affiliation.public,
    title: [title ?? programme?.name, unit?.name].filter(Boolean).join(', '),
    text: '',
    since: yearOf(starts_on),
    until: ends_on === null || current ? null : yearOf(ends_on),
    official: true,
  }
}

const order = ({ since, until }: Line) => (until === null ? 10_000 : 0) + since
const yearOf = (date: string) => Number(date.slice(0, 4))
