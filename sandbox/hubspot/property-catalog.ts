import type { PropertyDefinition, PropertyGroup, PropertyType } from './model.ts';

/**
 * HubSpot's own properties, as far as the local HubSpot knows them (names and options: activity guides and property
 * documentation, 2026-03). A line is `name`, `name:type`, or `name:type:option|option`; `!` marks a read-only property and
 * `*` a unique one. Where no type stands it is a string.
 */
const SHARED = `hs_object_id!:number hs_createdate!:datetime hs_lastmodifieddate!:datetime hs_object_source! hs_object_source_id!
  hs_object_source_label! hs_object_source_detail_1! hs_object_source_detail_2! hs_object_source_detail_3! hs_object_source_user_id!:number
  hs_created_by_user_id!:number hs_updated_by_user_id!:number hs_merged_object_ids! hs_unique_creation_key! hs_read_only!:bool
  hs_was_imported!:bool hubspot_owner_id hubspot_owner_assigneddate!:datetime hubspot_team_id! hs_all_owner_ids!`;

const ACTIVITY = `hs_timestamp:datetime hs_activity_type hs_body_preview! hs_attachment_ids hs_modified_by!:number
  hs_engagement_source! hs_engagement_source_id! hs_queue_membership_ids`;

const BY_TYPE: Readonly<Record<string, string>> = {
  companies: `name domain website phone address address2 city state zip country industry description timezone about_us
    annualrevenue:number numberofemployees:number createdate!:datetime type:enumeration:PROSPECT|PARTNER|RESELLER|VENDOR|OTHER
    lifecyclestage:enumeration:subscriber|lead|marketingqualifiedlead|salesqualifiedlead|opportunity|customer|evangelist|other
    hs_lead_status:enumeration:NEW|OPEN|IN_PROGRESS|OPEN_DEAL|UNQUALIFIED|ATTEMPTED_TO_CONTACT|CONNECTED|BAD_TIMING
    hs_parent_company_id:number hs_num_child_companies!:number closedate:datetime hs_country_code hs_state_code
    notes_last_contacted!:datetime notes_last_updated!:datetime notes_next_activity_date!:datetime num_contacted_notes!:number
    num_notes!:number num_associated_contacts!:number num_associated_deals!:number hs_last_sales_activity_timestamp!:datetime
    hs_is_target_account:bool hs_ideal_customer_profile:enumeration:tier_1|tier_2|tier_3 founded_year recent_deal_close_date!:datetime
    first_deal_created_date!:datetime days_to_close!:number`,
  contacts: `email* firstname lastname phone mobilephone jobtitle company website address city state zip country hs_timezone
    timezone industry salutation createdate!:datetime lastmodifieddate!:datetime associatedcompanyid:number hs_language
    hs_additional_emails hs_email_optout:bool hs_full_name_or_email!
    hs_buying_role:enumeration:BLOCKER|BUDGET_HOLDER|CHAMPION|DECISION_MAKER|END_USER|EXECUTIVE_SPONSOR|INFLUENCER|LEGAL_AND_COMPLIANCE|OTHER
    hs_role hs_seniority lifecyclestage:enumeration:subscriber|lead|marketingqualifiedlead|salesqualifiedlead|opportunity|customer|evangelist|other
    hs_lead_status:enumeration:NEW|OPEN|IN_PROGRESS|OPEN_DEAL|UNQUALIFIED|ATTEMPTED_TO_CONTACT|CONNECTED|BAD_TIMING
    notes_last_contacted!:datetime notes_last_updated!:datetime num_contacted_notes!:number num_notes!:number
    hs_is_contact!:bool hs_linkedin_url hs_calculated_phone_number! hs_calculated_merged_vids!`,
  deals: `dealname amount:number closedate:datetime dealstage pipeline dealtype:enumeration:newbusiness|existingbusiness
    createdate!:datetime description hs_is_closed_won!:bool hs_is_closed!:bool hs_priority:enumeration:low|medium|high
    closed_lost_reason closed_won_reason`,
  tickets: `subject content hs_pipeline hs_pipeline_stage hs_ticket_priority:enumeration:LOW|MEDIUM|HIGH|URGENT
    createdate!:datetime closed_date:datetime hs_ticket_category source_type`,
  quotes: `hs_title hs_expiration_date:date hs_status hs_quote_amount:number hs_language createdate!:datetime`,
  tasks: `${ACTIVITY} hs_task_subject hs_task_body hs_task_status:enumeration:NOT_STARTED|IN_PROGRESS|WAITING|COMPLETED|DEFERRED
    hs_task_priority:enumeration:NONE|LOW|MEDIUM|HIGH hs_task_type:enumeration:TODO|CALL|EMAIL|LINKED_IN hs_task_reminders
    hs_task_completion_date!:datetime hs_task_is_completed!:number hs_task_last_contact_outreach!:datetime hs_task_family!
    hs_repeat_status hs_task_for_object_type`,
  calls: `${ACTIVITY} hs_call_title hs_call_body hs_call_direction:enumeration:INBOUND|OUTBOUND hs_call_duration:number
    hs_call_status:enumeration:BUSY|CALLING_CRM_USER|CANCELED|COMPLETED|CONNECTING|FAILED|IN_PROGRESS|MISSED|NO_ANSWER|QUEUED|RINGING
    hs_call_disposition:enumeration hs_call_recording_url hs_call_source hs_call_from_number hs_call_to_number
    hs_call_callee_object_id:number hs_call_callee_object_type_id hs_call_has_transcript!:bool hs_call_app_id!:number
    hs_call_deal_stage_during_call hs_call_summary`,
  meetings: `${ACTIVITY} hs_meeting_title hs_meeting_body hs_internal_meeting_notes hs_meeting_start_time:datetime
    hs_meeting_end_time:datetime hs_meeting_location hs_meeting_location_type hs_meeting_external_url hs_meeting_source!
    hs_meeting_source_id! hs_meeting_created_from_link_id! hs_meeting_calendar_event_hash! hs_meeting_change_id!
    hs_meeting_outcome:enumeration:SCHEDULED|COMPLETED|RESCHEDULED|NO_SHOW|CANCELED`,
  emails: `${ACTIVITY} hs_email_subject hs_email_text hs_email_html hs_email_headers
    hs_email_direction:enumeration:EMAIL|INCOMING_EMAIL|FORWARDED_EMAIL hs_email_status:enumeration:BOUNCED|FAILED|SCHEDULED|SENDING|SENT
    hs_email_from_email! hs_email_from_firstname! hs_email_from_lastname! hs_email_to_email! hs_email_to_firstname!
    hs_email_to_lastname! hs_email_sender_email! hs_email_message_id! hs_email_thread_id! hs_email_logged_from`,
  notes: `${ACTIVITY} hs_note_body`,
};

/** HubSpot's six call dispositions (activity guide for calls). */
export const CALL_DISPOSITIONS = [
  { label: 'Busy', value: '9d9162e7-6cf3-4944-bf63-4dff82258764' },
  { label: 'Connected', value: 'f240bbac-87c9-4f6e-bf70-924b57d47db7' },
  { label: 'Left live message', value: 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff' },
  { label: 'Left voicemail', value: 'b2cf5968-551e-4856-9783-52b3da59a7d0' },
  { label: 'No answer', value: '73a0d17f-1163-4015-bdd5-ec830791da20' },
  { label: 'Wrong number', value: '17b47fee-58de-441e-a44c-c6300d46f273' },
] as const;

/** Of HubSpot's default lifecycle stages, whose names in the data run together (knowledge base, lifecycle stages). */
const STAGE_LABELS: Readonly<Record<string, string>> = {
  marketingqualifiedlead: 'Marketing Qualified Lead',
  salesqualifiedlead: 'Sales Qualified Lead',
};

const FIELD_TYPES: Readonly<Record<PropertyType, string>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  bool: 'booleancheckbox',
};

/** HubSpot's own properties of a type, without custom dispositions. */
export function standardProperties(typeName: string): readonly PropertyDefinition[] {
  const own = BY_TYPE[typeName] ?? '';
  return `${SHARED} ${own}`.split(/\s+/).map((line) => parseLine(line, groupOf(typeName)));
}

/** The one property group that every type has from the start. */
export function standardGroup(typeName: string): PropertyGroup {
  return { name: groupOf(typeName), label: `${typeName} information`, displayOrder: -1 };
}

function groupOf(typeName: string): string {
  const groups: Readonly<Record<string, string>> = {
    companies: 'companyinformation',
    contacts: 'contactinformation',
    deals: 'dealinformation',
    tickets: 'ticketinformation',
    quotes: 'quote',
    tasks: 'task',
    calls: 'call',
    meetings: 'meeting',
    emails: 'email',
    notes: 'note',
  };
  return groups[typeName] ?? typeName;
}

function parseLine(line: string, groupName: string): PropertyDefinition {
  const [flagged = '', typeName = 'string', optionList = ''] = line.split(':');
  const name = flagged.replace(/[!*]/g, '');
  const type = typeName as PropertyType;
  return {
    name,
    label: labelOf(name),
    groupName,
    type,
    fieldType: FIELD_TYPES[type],
    options: optionsOf(name, optionList),
    hasUniqueValue: flagged.includes('*'),
    readOnly: flagged.includes('!'),
    hubspotDefined: true,
  };
}

function optionsOf(name: string, optionList: string): PropertyDefinition['options'] {
  if (name === 'hs_call_disposition') return CALL_DISPOSITIONS;
  if (optionList === '') return [];
  return optionList.split('|').map((value) => ({ label: STAGE_LABELS[value] ?? labelOf(value), value }));
}

function labelOf(name: string): string {
  const words = name
    .replace(/^hs_|^hubspot_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
