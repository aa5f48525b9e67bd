import type {
  AckAnswer,
  ActionRequest,
  CommandRequest,
  ReactRequest,
  SandboxFile,
  SayAnswer,
  SayRequest,
  SlackState,
  SubmitAnswer,
  SubmitRequest,
  UploadRequest,
} from '../../contract';
import { getJson, postJson } from './http';

const base = 'slack/control';

export const slack = {
  /** Any member's view of the workspace; without a user the sandbox still names the people to choose from. */
  state: (user: string) => getJson<SlackState>(`${base}/state?user=${encodeURIComponent(user)}`),
  streamUrl: (user: string) => `${base}/stream?user=${encodeURIComponent(user)}`,
  say: (request: SayRequest) => postJson<SayAnswer>(`${base}/message`, request),
  edit: (request: { user: string; channel: string; ts: string; text: string }) =>
    postJson<unknown>(`${base}/message/edit`, request),
  remove: (request: { user: string; channel: string; ts: string }) =>
    postJson<unknown>(`${base}/message/delete`, request),
  command: (request: CommandRequest) => postJson<AckAnswer>(`${base}/command`, request),
  act: (request: ActionRequest) => postJson<AckAnswer>(`${base}/action`, request),
  submit: (request: SubmitRequest) => postJson<SubmitAnswer>(`${base}/view/submit`, request),
  close: (request: { user: string; viewId: string }) => postJson<unknown>(`${base}/view/close`, request),
  react: (request: ReactRequest) => postJson<unknown>(`${base}/reaction`, request),
  openHome: (user: string) => postJson<unknown>(`${base}/home`, { user }),
  upload: (request: UploadRequest) => postJson<SandboxFile>(`${base}/upload`, request),
};
