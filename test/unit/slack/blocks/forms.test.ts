import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Audience, EVERYBODY, NO_LANGUAGE } from '../../../../src/domain/audience';
import { importForm, importFormErrors, readImportForm } from '../../../../src/slack/blocks/forms/import-form';
import { previewForm } from '../../../../src/slack/blocks/forms/preview-form';
import { readSendForm, sendForm, sendFormError } from '../../../../src/slack/blocks/forms/send-form';
import { readTemplateForm, templateForm, templateFormErrors } from '../../../../src/slack/blocks/forms/template-form';
import type { ViewStateValue, ViewValues } from '../../../../src/slack/blocks/forms/view-values';
import { templateCard, templatePreview } from './examples';
import { expectView, readAloud } from './slack-check';

/** What Bolt hands over can be read. */
const fromBolt = (values: ViewOutput['state']['values']): ViewValues => values;

const filled = (values: Record<string, ViewStateValue>): ViewValues =>
  Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { input: value }]));

const chosen = (value: string): ViewStateValue => ({ selected_option: { value } });

/** What Slack hands in when somebody opens the form and submits it as it is. */
const asOpened = ({ blocks }: ModalView): ViewValues =>
  filled(
    Object.fromEntries(
      blocks.flatMap((block): [string, ViewStateValue][] => {
        if (!('element' in block)) return [];
        const { initial_option, initial_options, initial_date_time, initial_value } = block.element as Initial;
        const state: ViewStateValue = {
          selected_option: initial_option ?? null,
          selected_options: initial_options ?? [],
          selected_date_time: initial_date_time ?? null,
          value: initial_value ?? null,
        };
        return [[block.block_id ?? '', state]];
      }),
    ),
  );

interface Initial {
  readonly initial_option?: { value: string };
  readonly initial_options?: { value: string }[];
  readonly initial_date_time?: number;
  readonly initial_value?: string;
}

describe('the form for a template', () => {
  test('names the placeholders', () => {
    const view = templateForm({ placeholders: ['first_name', 'clinic_name'], origin: { place: 'C0GENERAL' } });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ place: 'C0GENERAL' });
  });

  test('is filled in for editing, and says which template it edits', () => {
    const initial = { name: 'Second dose', texts: { default: 'Hi', vi: 'Xin chào' }, expectedReplies: 'YES\nNO' };
    const view = templateForm({ placeholders: [], origin: { templateId: 3, base: 2 }, initial });
    expectView(view);
    expect(JSON.stringify(view)).toContain('"initial_value":"YES\\nNO"');
    expect(readAloud(view.blocks)).toContain('Text in Vietnamese');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ templateId: 3, base: 2 });
  });

  test('is read as it was filled in; what is left empty is empty', () => {
    const values = fromBolt({
      template_name: { input: { type: 'plain_text_input', value: 'Second dose' } },
      'template_text~1': { template_typed: { type: 'plain_text_input', value: 'Hi {{ first_name }}' } },
      template_spanish: { template_typed: { type: 'plain_text_input', value: null } },
      template_text_vi: { template_typed: { type: 'plain_text_input', value: 'Xin chào' } },
      template_replies: { input: { type: 'plain_text_input', value: 'YES, NO' } },
    });
    expect(readTemplateForm(values)).toEqual({
      name: 'Second dose',
      texts: { default: 'Hi {{ first_name }}', es: '', vi: 'Xin chào' },
      expectedReplies: 'YES, NO',
    });
  });

  test('shows each error under a field that the form has', () => {
    const view = templateForm({ placeholders: [], origin: { round: 2 } });
    const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id ?? '');
    const values = filled(Object.fromEntries(inputs.map((id) => [id, { value: '' }])));
    const errors = templateFormErrors({ name: 'a', texts: { default: 'b', es: 'c' }, expectedReplies: 'd' }, values);
    expect(Object.keys(errors)).toEqual(inputs);
    expect(templateFormErrors({ texts: { default: 'b' } }, values)).toEqual({ 'template_text~2': 'b' });
  });

  test('says under each text what it comes to, and offers plain signs', () => {
    const estimate = templateCard.variants[1]?.estimate ?? null;
    const hints = [{ kind: 'clinic name' as const, sentence: 'Say who is writing.' }];
    const notes = { default: { estimate, hints, problems: ['There is no placeholder “x”.'], plainSigns: 2 } };
    const initial = { name: '', texts: { default: '“Hi”' }, expectedReplies: '' };
    const view = templateForm({ placeholders: [], origin: {}, initial, notes, pricePerSegment: 0.0079 });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
  });

  test('offers the languages of the clinic’s own patients first', () => {
    const languages = [{ language: 'so', patients: 412 }];
    const view = templateForm({ placeholders: [], origin: {}, languages });
    expectView(view);
    expect(JSON.stringify(view)).toMatch(/"options":\[\{"text":\{"type":"plain_text","text":"Somali \(412\)"/);
  });
});

test('a preview shows each language for one patient, and why they would be left out', () => {
  const view = previewForm(templatePreview);
  expectView(view);
  expect(readAloud(view.blocks)).toMatchSnapshot();
  expectView(previewForm({ ...templatePreview, patient: null, texts: [] }));
});

describe('the form to send', () => {
  const options = {
    templates: [
      { id: 3, name: 'Second dose' },
      { id: 4, name: 'Flu shots' },
    ],
    groups: [
      { id: 1, name: 'Seniors', members: 42 },
      { id: 2, name: 'g'.repeat(200), members: 1204 },
    ],
    place: 'C0GENERAL',
    timeZone: 'America/Chicago',
  };

  test('offers templates, groups with their sizes, and when', () => {
    const view = sendForm({ ...options, initialTemplateId: 4 });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(JSON.stringify(view.blocks[0])).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"Flu shots"',
    );
  });

  test('does not choose a template that is gone', () => {
    const view = sendForm({ ...options, initialTemplateId: 99 });
    expectView(view);
    expect(JSON.stringify(view.blocks[0])).not.toContain('initial_option');
  });

  test('says what is missing instead of offering an empty menu', () => {
    const view = sendForm({ ...options, templates: [], groups: [] });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(view.submit).toBeUndefined();
  });

  test.each([100, 101, 250, 9999])('offers %i groups without leaving one out', (size) => {
    const groups = Array.from({ length: size }, (_, index) => ({ id: index + 1, name: `G${index}`, members: index }));
    const view = sendForm({ ...options, groups });
    const offered = [...JSON.stringify(view.blocks[1]).matchAll(/"value":"(\d+)"/g)].map(([, id]) => Number(id));
    expect(offered).toEqual(groups.map(({ id }) => id));
    if (size <= 250) expectView(view);
  });

  const good = {
    send_template: chosen('3'),
    send_groups: { selected_options: [{ value: '1' }, { value: '2' }] },
    send_when: chosen('now'),
    send_start_at: { selected_date_time: null },
    send_at_close: chosen('CARRY_OVER'),
  };

  const both = { ...EVERYBODY, groupIds: [1, 2] };

  test('is read: now', () => {
    expect(readSendForm(filled(good))).toEqual({
      ok: true,
      value: { templateId: 3, audience: both, startAt: null, atClose: 'CARRY_OVER' },
    });
  });

  test('is read: later, and not after closing time', () => {
    const values = filled({
      ...good,
      send_when: chosen('later'),
      send_start_at: { selected_date_time: 1772550000 },
      send_at_close: chosen('EXPIRE'),
    });
    expect(readSendForm(values)).toEqual({
      ok: true,
      value: { templateId: 3, audience: both, startAt: new Date('2026-03-03T15:00:00Z'), atClose: 'EXPIRE' },
    });
  });

  test('asks for what is missing', () => {
    const result = readSendForm(filled({ send_when: chosen('later') }));
    expect(result).toEqual({
      ok: false,
      errors: {
        send_template: 'Choose a template.',
        send_groups: 'Choose at least one group (or, further down, an earlier send or a file).',
        send_start_at: 'Say when it starts, or choose “Now”.',
      },
    });
  });

  test('does not send at once what has a time beside it', () => {
    const result = readSendForm(filled({ ...good, send_start_at: { selected_date_time: 1772550000 } }));
    expect(result).toEqual({ ok: false, errors: { send_when: expect.stringContaining('At a set time') as string } });
  });

  const whole: Audience = {
    groupIds: [1],
    match: 'all',
    exceptGroupIds: [2],
    languages: ['es', NO_LANGUAGE],
    kind: 'PATIENT',
    earlier: { campaignId: 7, who: 'answered', answer: 'YES: please' },
    file: null,
    capDays: 14,
  };

  test('comes back as it was filled in', () => {
    const answers = ['YES: please', 'NO'];
    const earlier = [{ campaignId: 7, name: 'First dose', answers }];
    const choices = { languages: ['en', 'es', NO_LANGUAGE], earlier };
    const startAt = new Date('2026-03-03T15:00:00Z');
    const initial = { templateId: 4, audience: whole, startAt, atClose: 'EXPIRE' as const };
    const view = sendForm({ ...options, ...choices, initial, replaces: 12 });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(readSendForm(asOpened(view))).toEqual({ ok: true, value: initial });
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ place: 'C0GENERAL', replaces: 12 });
  });

  test('takes a file, or an earlier send, instead of groups', () => {
    const alone = { ...good, send_groups: { selected_options: [] } };
    const audienceOf = (more: Record<string, ViewStateValue>): unknown => {
      const read = readSendForm(filled({ ...alone, ...more }));
      return read.ok && read.value.audience;
    };
    const file = { fileId: 'F01', name: 'a.csv' };
    expect(audienceOf({ send_file: { files: [{ id: 'F01', name: 'a.csv' }] } })).toEqual({ ...EVERYBODY, file });
    const earlier = { campaignId: 7, who: 'silent' };
    expect(audienceOf({ send_earlier: chosen('7:silent') })).toEqual({ ...EVERYBODY, earlier });
  });

  test('refuses a group that is chosen and left out, and a cap that is no number of days', () => {
    const values = { ...good, send_except: { selected_options: [{ value: '2' }] }, send_cap: { value: '0.5' } };
    expect(readSendForm(filled(values))).toEqual({
      ok: false,
      errors: {
        send_except: 'A group cannot be chosen and left out at once.',
        send_cap: 'Write a whole number of days from 1 to 365, or leave it empty.',
      },
    });
  });

  test('places an error that is found later under its field', () => {
    const blocks = sendForm(options).blocks.map(({ block_id: id }) => id);
    expect(blocks).toContain(Object.keys(sendFormError('startAt', 'This time has passed.'))[0]);
  });
});

describe('the form for a file', () => {
  test('takes files', () => {
    const view = importForm({ place: 'C0GENERAL' });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(Object.keys(importFormErrors('Choose a file.'))).toEqual([view.blocks[0]?.block_id]);
  });

  test('is read as ids and names', () => {
    const values = filled({ import_file: { files: [{ id: 'F01', name: 'a.csv' }, { id: 'F02' }] } });
    expect(readImportForm(values)).toEqual({ fileIds: ['F01', 'F02'], names: ['a.csv', ''] });
    expect(readImportForm({})).toEqual({ fileIds: [], names: [] });
  });
});
