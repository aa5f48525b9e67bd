import { stateOfZip } from '../../../src/domain/zip-state';

test.each([
  ['33101', 'FL'],
  ['02118', 'MA'],
  ['00901', 'PR'],
  ['60623', 'IL'],
  ['73301', 'TX'],
  ['88510', 'TX'],
  ['20001', 'DC'],
  ['20101', 'VA'],
  ['99501', 'AK'],
  ['96701', 'HI'],
  ['39901', 'GA'],
  ['05501', 'MA'],
  ['10001', 'NY'],
])('%s is in %s', (zip, state) => {
  expect(stateOfZip(zip)).toBe(state);
});

test.each(['09012', '34001', '96201', '00001'])('%s is in no state', (zip) => {
  expect(stateOfZip(zip)).toBeNull();
});
