import type { ComponentMapping } from '@remote-ui/react/host';
import { Button, ButtonRow, Link, LoadingButton } from './buttons.tsx';
import { BarChart, LineChart } from './charts.tsx';
import { DateInput, TimeInput } from './date-inputs.tsx';
import { Accordion, Tab, Tabs } from './disclosure.tsx';
import { Dropdown, DropdownButtonItem } from './dropdown.tsx';
import {
  Alert,
  EmptyState,
  ErrorState,
  LoadingSpinner,
  ProgressBar,
  ScoreCircle,
  StepIndicator,
} from './feedback.tsx';
import { Form } from './form.tsx';
import { Icon, Illustration } from './illustration.tsx';
import { AutoGrid, Box, Card, Divider, Flex, Inline, Spacer, Stack, Tile } from './layout.tsx';
import { CurrencyInput, NumberInput, StepperInput } from './number-inputs.tsx';
import { DialogBody, DialogFooter, Modal, Panel, PanelSection } from './overlays.tsx';
import {
  HeaderLink,
  PageBreadcrumbs,
  PageBreadcrumbsCurrent,
  PageHeader,
  PageHeaderActions,
  PageHeaderPageLink,
  PageLink,
  PagePrimaryAction,
  PageTitle,
  PrimaryHeaderActionButton,
} from './page-parts.tsx';
import { MultiSelect, Select } from './select-inputs.tsx';
import {
  DescriptionList,
  DescriptionListItem,
  Statistics,
  StatisticsItem,
  StatisticsTrend,
} from './statistics.tsx';
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from './table.tsx';
import { Input, SearchInput, TextArea } from './text-inputs.tsx';
import { Checkbox, RadioButton, Toggle, ToggleGroup } from './toggle-inputs.tsx';
import { Tooltip } from './tooltip.tsx';
import { Heading, Image, List, StatusTag, Tag, Text } from './typography.tsx';

/**
 * HubSpot's stable components by the name their remote elements carry. A component that is not here makes the
 * extension fail with its name: the CRM data components and the experimental ones are left out on purpose, because
 * a card that uses them would look right here and differ in HubSpot.
 */
export const COMPONENTS: ComponentMapping = {
  ...{
    Accordion,
    Alert,
    AutoGrid,
    BarChart,
    Box,
    Button,
    ButtonRow,
    Card,
    Checkbox,
    CurrencyInput,
    DateInput,
  },
  ...{
    DescriptionList,
    DescriptionListItem,
    Divider,
    Dropdown,
    DropdownButtonItem,
    EmptyState,
    ErrorState,
    Flex,
    Form,
  },
  ...{
    Heading,
    Icon,
    Illustration,
    Image,
    Inline,
    Input,
    LineChart,
    Link,
    List,
    LoadingButton,
    LoadingSpinner,
  },
  ...{ Modal, ModalBody: DialogBody, ModalFooter: DialogFooter, MultiSelect, NumberInput },
  ...{
    Panel,
    PanelBody: DialogBody,
    PanelFooter: DialogFooter,
    PanelSection,
    ProgressBar,
    RadioButton,
    ScoreCircle,
  },
  ...{
    SearchInput,
    Select,
    Spacer,
    Stack,
    Statistics,
    StatisticsItem,
    StatisticsTrend,
    StatusTag,
    StepIndicator,
  },
  ...{
    StepperInput,
    Tab,
    Table,
    TableBody,
    TableCell,
    TableFooter,
    TableHead,
    TableHeader,
    TableRow,
    Tabs,
    Tag,
    Text,
  },
  ...{ TextArea, Textarea: TextArea, Tile, TimeInput, Toggle, ToggleGroup, Tooltip },
  ...{
    PageBreadcrumbs,
    PageBreadcrumbsCurrent,
    PageBreadcrumbsPageLink: PageLink,
    PageHeader,
    PageHeaderPageLink,
  },
  ...{ PageHeaderPrimaryAction: PagePrimaryAction, PageHeaderSecondaryActions: PageHeaderActions },
  ...{ PageHeaderLink: HeaderLink, PageLink, PageTitle },
  ...{ HeaderActions: PageHeaderActions, PrimaryHeaderActionButton, SecondaryHeaderActionButton: HeaderLink },
};
