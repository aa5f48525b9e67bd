import { get } from 'node-emoji';

/**
 * The emoji that Slack writes as `:name:`. node-emoji knows most; below are Slack's own names for some, and what came to
 * Unicode after its list was made, with an eye on what a clinic writes.
 */
export const emojiOf = (name: string): string | undefined => {
  const country = /^flag-([a-z]{2})$/.exec(name)?.[1];
  if (country !== undefined)
    return String.fromCodePoint(...[...country].map((letter) => letter.charCodeAt(0) + FLAG_LETTER));
  return SLACK_NAMES.get(name) ?? get(`:${name}:`);
};

/** From "a" to 🇦. */
const FLAG_LETTER = 0x1f1e6 - 0x61;

/** `:skin-tone-2:` (lightest) to `:skin-tone-6:` (darkest). */
export const skinTone = (number: number): string => String.fromCodePoint(0x1f3fb + number - 2);

const SLACK_NAMES: ReadonlyMap<string, string> = new Map(
  [
    'thumbsup 👍  thumbsdown 👎  simple_smile 🙂  thinking_face 🤔  hugging_face 🤗  partying_face 🥳',
    'pleading_face 🥺  smiling_face_with_3_hearts 🥰  smiling_face_with_tear 🥲  woozy_face 🥴  hot_face 🥵',
    'cold_face 🥶  yawning_face 🥱  face_exhaling 😮‍💨  face_palm 🤦  shrug 🤷  man-shrugging 🤷‍♂️',
    'woman-shrugging 🤷‍♀️  man-facepalming 🤦‍♂️  woman-facepalming 🤦‍♀️  female-doctor 👩‍⚕️',
    'male-doctor 👨‍⚕️  health_worker 🧑‍⚕️  woman-raising-hand 🙋‍♀️  man-raising-hand 🙋‍♂️',
    'heart_hands 🫶  white_heart 🤍  brown_heart 🤎  stethoscope 🩺  adhesive_bandage 🩹  drop_of_blood 🩸',
    'x-ray 🩻  crutch 🩼  lungs 🫁  anatomical_heart 🫀  brain 🧠  tooth 🦷  toothbrush 🪥  bone 🦴  microbe 🦠',
    'dna 🧬  test_tube 🧪  petri_dish 🧫  soap 🧼  lotion_bottle 🧴  ear_with_hearing_aid 🦻',
    'manual_wheelchair 🦽  motorized_wheelchair 🦼  probing_cane 🦯  medical_symbol ⚕️',
    'spiral_calendar_pad 🗓️  telephone ☎️  envelope ✉️  pencil 📝  car 🚗  heavy_exclamation_mark ❗',
    'large_green_circle 🟢  large_yellow_circle 🟡  large_orange_circle 🟠  hand ✋  punch 👊  facepunch 👊',
    'runner 🏃  walking 🚶  bow 🙇  information_desk_person 💁  no_good 🙅  raising_hand 🙋  collision 💥',
    'hankey 💩  bee 🐝  feet 🐾  shirt 👕  moon 🌔  face_with_rolling_eyes 🙄  white_frowning_face ☹️',
    'robot_face 🤖  face_with_cowboy_hat 🤠  face_with_monocle 🧐  star-struck 🤩  zany_face 🤪',
    'shushing_face 🤫  face_with_hand_over_mouth 🤭  face_vomiting 🤮',
    'hand_with_index_and_middle_fingers_crossed 🤞  i_love_you_hand_sign 🤟  spock-hand 🖖  the_horns 🤘',
    'palms_up_together 🤲  breast-feeding 🤱  family 👪  mostly_sunny 🌤️  barely_sunny 🌥️',
    'partly_sunny_rain 🌦️  rain_cloud 🌧️  snow_cloud 🌨️  thunder_cloud_and_rain ⛈️  lightning 🌩️',
    'wind_blowing_face 🌬️  umbrella_with_rain_drops ☔  scales ⚖️  medal 🎖️  sports_medal 🏅',
    'first_place_medal 🥇  waving_white_flag 🏳️  waving_black_flag 🏴  rainbow-flag 🏳️‍🌈  satisfied 😆',
    'rolling_on_the_floor_laughing 🤣  salad 🥗  green_salad 🥗  glass_of_milk 🥛  spiral_note_pad 🗒️',
  ].flatMap((line) =>
    line.split('  ').map((pair): [string, string] => {
      const [name = '', emoji = ''] = pair.split(' ');
      return [name, emoji];
    }),
  ),
);
