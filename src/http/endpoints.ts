import type { z } from 'zod';
import * as c from './contract.ts';
import * as m from './contract-method.ts';
import * as p from './contract-pages.ts';

type Endpoint = {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Express path; the extensions fill `:id` and `:companyId` in. */
  readonly path: string;
  readonly request: z.ZodType | null;
  readonly reply: z.ZodType;
};

/** Every card route in one table: the router, the contract tests, the tenant matrix and the extensions' types are made from it. */
export const ENDPOINTS = {
  getCompany: { method: 'GET', path: '/api/companies/:companyId', request: null, reply: c.companyView },
  saveDraft: {
    method: 'PUT',
    path: '/api/drafts/:companyId',
    request: c.saveDraftRequest,
    reply: c.saveDraftReply,
  },
  recordCheckIn: {
    method: 'POST',
    path: '/api/check-ins',
    request: c.recordCheckInRequest,
    reply: c.recordCheckInReply,
  },
  undoCheckIn: {
    method: 'POST',
    path: '/api/check-ins/:id/undo',
    request: c.undoRequest,
    reply: c.undoReply,
  },
  correctCheckIn: {
    method: 'POST',
    path: '/api/check-ins/:id/corrections',
    request: c.correctionRequest,
    reply: c.correctionReply,
  },
  recordAttempt: {
    method: 'POST',
    path: '/api/touches/:id/attempts',
    request: c.attemptRequest,
    reply: c.touchReply,
  },
  skipTouch: { method: 'POST', path: '/api/touches/:id/skip', request: c.skipRequest, reply: c.touchReply },
  reopenTouch: {
    method: 'POST',
    path: '/api/touches/:id/reopen',
    request: c.reopenRequest,
    reply: c.touchReply,
  },
  resolveTouch: {
    method: 'POST',
    path: '/api/touches/:id/resolution',
    request: c.resolutionRequest,
    reply: c.touchReply,
  },
  retryTouches: {
    method: 'POST',
    path: '/api/touches/retries',
    request: p.retryRequest,
    reply: p.retryReply,
  },
  getFinding: { method: 'GET', path: '/api/findings/:id', request: null, reply: c.findingReply },
  replyToFinding: {
    method: 'POST',
    path: '/api/findings/:id/replies',
    request: c.replyRequest,
    reply: c.replyReply,
  },
  decideFinding: {
    method: 'POST',
    path: '/api/findings/:id/decision',
    request: c.decisionRequest,
    reply: c.decisionReply,
  },
  askAuditor: {
    method: 'POST',
    path: '/api/findings/:id/auditor',
    request: c.askAuditorRequest,
    reply: c.findingReply,
  },
  openIssue: { method: 'POST', path: '/api/issues', request: c.openIssueRequest, reply: c.openIssueReply },
  settlePromise: {
    method: 'POST',
    path: '/api/promises/:id/outcome',
    request: c.promiseOutcomeRequest,
    reply: c.promiseReply,
  },
  getHome: { method: 'GET', path: '/api/home', request: null, reply: p.homeView },
  getProgram: { method: 'GET', path: '/api/program', request: null, reply: p.programView },
  saveProgram: { method: 'PUT', path: '/api/program', request: p.saveProgramRequest, reply: p.programReply },
  announce: {
    method: 'POST',
    path: '/api/program/announcement',
    request: p.announceRequest,
    reply: p.programReply,
  },
  startProgram: {
    method: 'POST',
    path: '/api/program/start',
    request: p.startRequest,
    reply: p.programReply,
  },
  planNow: { method: 'POST', path: '/api/program/plan', request: p.planRequest, reply: p.planReply },
  acknowledge: {
    method: 'POST',
    path: '/api/acknowledgements',
    request: p.acknowledgeRequest,
    reply: p.acknowledgeReply,
  },
  getMethod: { method: 'GET', path: '/api/method', request: null, reply: m.methodReply },
  openPattern: {
    method: 'POST',
    path: '/api/patterns/:id/opening',
    request: m.openPatternRequest,
    reply: m.patternReply,
  },
  enterLeave: { method: 'POST', path: '/api/leave', request: m.enterLeaveRequest, reply: m.leaveReply },
  removeLeave: {
    method: 'POST',
    path: '/api/leave/:id/removal',
    request: m.removeLeaveRequest,
    reply: m.leaveReply,
  },
  createExport: { method: 'POST', path: '/api/exports', request: m.exportRequest, reply: m.exportReply },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
export type RequestOf<Name extends EndpointName> = (typeof ENDPOINTS)[Name]['request'] extends z.ZodType
  ? z.output<(typeof ENDPOINTS)[Name]['request']>
  : null;
export type ReplyOf<Name extends EndpointName> = z.output<(typeof ENDPOINTS)[Name]['reply']>;
