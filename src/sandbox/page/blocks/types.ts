/**
 * Block Kit as the page draws it: one loose shape for elements and one for blocks. The sandbox has already checked
 * every block against Slack's schemas, so the page needs no second, stricter opinion.
 */
export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
  readonly emoji?: boolean;
}

export interface Option {
  readonly text: TextObject;
  readonly value?: string;
  readonly description?: TextObject;
  readonly url?: string;
}

export interface OptionGroup {
  readonly label: TextObject;
  readonly options: readonly Option[];
}

export interface ConfirmObject {
  readonly title: TextObject;
  readonly text: TextObject;
  readonly confirm: TextObject;
  readonly deny: TextObject;
  readonly style?: 'primary' | 'danger';
}

export interface BlockElement {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: TextObject;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmObject;
  readonly placeholder?: TextObject;
  readonly accessibility_label?: string;
  readonly focus_on_load?: boolean;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly OptionGroup[];
  readonly max_selected_items?: number;
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_value?: string;
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_date_time?: number;
  readonly initial_user?: string;
  readonly initial_users?: readonly string[];
  readonly initial_channel?: string;
  readonly initial_channels?: readonly string[];
  readonly initial_conversation?: string;
  readonly initial_conversations?: readonly string[];
  readonly default_to_current_conversation?: boolean;
  readonly multiline?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly is_decimal_allowed?: boolean;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly filetypes?: readonly string[];
  readonly max_files?: number;
  readonly dispatch_action_config?: { readonly trigger_actions_on?: readonly string[] };
  readonly image_url?: string;
  readonly alt_text?: string;
  readonly icon?: string;
  readonly positive_button?: { readonly text: TextObject; readonly value: string };
  readonly negative_button?: { readonly text: TextObject; readonly value: string };
}

export interface Cell {
  readonly type: string;
  readonly text?: string;
  readonly value?: number;
}

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: TextObject | string;
  readonly title?: TextObject | string;
  readonly subtitle?: TextObject;
  readonly body?: TextObject;
  readonly fields?: readonly TextObject[];
  readonly accessory?: BlockElement;
  readonly elements?: readonly (BlockElement | Block)[];
  readonly element?: BlockElement;
  readonly label?: TextObject;
  readonly hint?: TextObject;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly child_blocks?: readonly Block[];
  readonly is_collapsible?: boolean;
  readonly default_collapsed?: boolean;
  readonly actions?: readonly BlockElement[];
  readonly hero_image?: BlockElement;
  readonly rows?: readonly (readonly Cell[])[];
  readonly caption?: string;
  readonly page_size?: number;
  readonly column_settings?: readonly ({
    readonly align?: 'left' | 'center' | 'right';
    readonly is_wrapped?: boolean;
  } | null)[];
}

/** What an input holds, as it stands in Slack's `view.state.values`. */
export type ElementState = Record<string, unknown>;
