import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { MY_REPORTS } from '@/entities/report/report'

type Schemas = components['schemas']
export type Case = Schemas['CaseOut']
export type CasePerson = Schemas['CasePersonOut']
export type Nearby = Schemas['NearbyOut']
export type CaseReport = Schemas['CaseReportOut']
export type Decision = Schemas['DecisionOut']
export type DecisionDraft = Required<Schemas['DecisionDraft']>
export type MyReport = Schemas['MyReportOut']
export type MyDecision = Schemas['MyDecisionOut']
export type State = 'open' | 'decided'

/** The key of all that is read of cases. */
export const CASES = ['cases'] as const
const PAGE = 20

/** Of a community; without one, those that fall to the organisation's moderators. */
export const casesQuery = (communityId: string | undefined, state: State) =>
  listing<Case>([...CASES, communityId, state], (cursor, signal) => {
    const query = { state, limit: PAGE, cursor }
    return answer(
      communityId
        ? api.GET('/api/v1/communities/{community_id}/cases', {
            params: { path: { community_id: communityId }, query },
            signal,
          })
        : api.GET('/api/v1/cases', { params: { query }, signal }),
    )
  })

export const waitingQuery = (communityId: string) =>
  queryOptions({
    queryKey: [...CASES, communityId, 'count'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/communities/{community_id}/cases/count', {
          params: { path: { community_id: communityId } },
          signal,
        }),
      ),
  })

export const reportsQuery = (caseId: string) =>
  listing<CaseReport>([...CASES, 'reports', caseId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/cases/{case_id}/reports', {
        params: { path: { case_id: caseId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const myReportsQuery = listing<MyReport>(MY_REPORTS, (cursor, signal) =>
  answer(api.GET('/api/v1/me/reports', { params: { query: { limit: PAGE, cursor } }, signal })),
)

export const myDecisionsQuery = listing<MyDecision>(['my-decisions'], (cursor, signal) =>
  answer(api.GET('/api/v1/me/decisions', { params: { query: { limit: PAGE, cursor } }, signal })),
)
