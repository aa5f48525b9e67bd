import type { ViewOutput } from '@slack/bolt';
import { importForm, importFormErrors, readImportForm } from '../../../../src/slack/blocks/forms/import-form';
import { readSendForm, sendForm, sendFormError } from '../../../../src/slack/blocks/forms/send-form';
import { readTemplateForm, templateForm, templateFormErrors } from '../../../../src/slack/blocks/forms/template-form';
import type { ViewStateValue, ViewValues } from '../../../../src/slack/blocks/forms/view-values';
import { expectView, readAloud } from './slack-check';

/** What Bolt hands over can be read. */
const fromBolt = (values: ViewOutput['state']['values']): ViewValues => values;

const filled = (values: Record<string, ViewStateValue>): ViewValues =>
  Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { input: value }]));

const chosen = (value: string): ViewStateValue => ({ selected_option: { value } });

describe('the form for a template', () => {
  test('names the placeholders', () => {
    const view = templateForm({ placeholders: ['first_name', 'clinic_name'], place: 'C0GENERAL' });
    expectView(view);
    expect(readAloud(view.blocks)).toMatchSnapshot();
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ place: 'C0GENERAL' });
  });

  test('is filled in for editing, and says which template it edits', () => {
    const initial = { name: 'Second dose', text: 'Hi', spanish: '', expectedReplies: 'YES\nNO' };
    const view = templateForm({ placeholders: [], templateId: 3, initial });
    expectView(view);
    expect(JSON.stringify(view)).toContain('"initial_value":"YES\\nNO"');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ templateId: 3 });
  });

  test('is read as it was filled in; what is left empty is empty', () => {
    const values = fromBolt({
      template_name: { input: { type: 'plain_text_input', value: 'Second dose' } },
      template_text: { input: { type: 'plain_text_input', value: 'Hi {{ first_name }}' } },
      template_spanish: { input: { type: 'plain_text_input', value: null } },
      template_replies: { input: { type: 'plain_text_input', value: 'YES, NO' } },
    });
    expect(readTemplateForm(values)).toEqual({
      name: 'Second dose',
      text: 'Hi {{ first_name }}',
      spanish: '',
      expectedReplies: 'YES, NO',
    });
  });

  test('shows each error under a field that the form has', () => {
    const errors = templateFormErrors({ name: 'a', text: 'b', spanish: 'c', expectedReplies: 'd' });
    const blocks = templateForm({ placeholders: [] }).blocks.map(({ block_id: id }) => id);
    expect(Object.keys(errors)).toEqual(blocks);
    expect(templateFormErrors({ text: 'b' })).toEqual({ template_text: 'b' });
  });
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

  test('is read: now', () => {
    expect(readSendForm(filled(good))).toEqual({
      ok: true,
      value: { templateId: 3, groupIds: [1, 2], startAt: null, atClose: 'CARRY_OVER' },
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
      value: { templateId: 3, groupIds: [1, 2], startAt: new Date('2026-03-03T15:00:00Z'), atClose: 'EXPIRE' },
    });
  });

  test('asks for what is missing', () => {
    const result = readSendForm(filled({ send_when: chosen('later') }));
    expect(result).toEqual({
      ok: false,
      errors: {
        send_template: 'Choose a template.',
        send_groups: 'Choose at least one group.',
        send_start_at: 'Say when it starts, or choose “Now”.',
      },
    });
  });

  test('does not send at once what has a time beside it', () => {
    const result = readSendForm(filled({ ...good, send_start_at: { selected_date_time: 1772550000 } }));
    expect(result).toEqual({ ok: false, errors: { send_when: expect.stringContaining('At a set time') as string } });
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
